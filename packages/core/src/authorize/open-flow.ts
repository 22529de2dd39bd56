import type { Environment } from '../environments/environment.js';
import { newOrderedId, type Essentials } from '../essentials.js';
import type { FlowId, UserId } from '../ids.js';
import { flowRule, type ThrottleStore } from '../sign-in/throttle.js';
import { mintIdentifiedSecret } from '../tokens/identified-secret.js';
import { FLOW_LIFETIME_MS, type AuthorizationGoal, type Flow, type PageGoal } from './flow.js';
import type { FlowStore } from './flow-store.js';

export interface FlowContext {
  readonly environment: Environment;
  readonly essentials: Essentials;
  readonly flows: FlowStore;
  readonly throttle: ThrottleStore;
}

/** A flow that has begun, with its token for the next page. */
export interface OpenFlow {
  readonly flow: Flow;
  readonly token: string;
}

export type FlowOpening =
  | ({ readonly kind: 'open' } & OpenFlow)
  /** So many were begun and left from this network that the next may begin only then. */
  | { readonly kind: 'throttled'; readonly retryAt: number };

/** Begins a flow that the server holds; the browser gets its token. */
export async function openFlow(
  goal: AuthorizationGoal | PageGoal,
  owner: {
    readonly browserDigest: Uint8Array;
    readonly userId: UserId | null;
    readonly forceLogin?: boolean;
  },
  { essentials, environment, flows }: Omit<FlowContext, 'throttle'>,
): Promise<OpenFlow> {
  const id = newOrderedId<FlowId>(essentials);
  const { text, digest } = mintIdentifiedSecret('flow', id, essentials.random);
  const now = essentials.clock.now(environment.id);
  const flow = {
    id,
    digest,
    goal,
    browserDigest: owner.browserDigest,
    userId: owner.userId,
    username: null,
    forceLogin: owner.forceLogin ?? false,
    providerId: null,
    providerStateDigest: null,
    proof: null,
    createdAt: now,
    expiresAt: now + FLOW_LIFETIME_MS,
  };
  await flows.begin(flow);
  return { flow, token: text };
}

/** The same for somebody unknown, who could otherwise fill the disk by following one link again and again. */
export async function openAnonymousFlow(
  goal: AuthorizationGoal | PageGoal,
  visitor: { readonly browserDigest: Uint8Array; readonly network: string; readonly forceLogin?: boolean },
  context: FlowContext,
): Promise<FlowOpening> {
  const now = context.essentials.clock.now(context.environment.id);
  const retryAt = await context.throttle.take([flowRule(visitor.network)], now);
  if (retryAt !== undefined) return { kind: 'throttled', retryAt };
  const { browserDigest, forceLogin = false } = visitor;
  const open = await openFlow(goal, { browserDigest, forceLogin, userId: null }, context);
  return { kind: 'open', ...open };
}
