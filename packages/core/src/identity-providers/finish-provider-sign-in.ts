import { PROVIDER_TEST_PAGE, type Flow } from '../authorize/flow.js';
import type { FoundFlow } from '../authorize/decide.js';
import type { IdentityProviderId, SessionId } from '../ids.js';
import {
  passFirstFactor,
  type FirstFactorContext,
  type FirstFactorOutcome,
} from '../sign-in/pass-first-factor.js';
import { flowRule, type ThrottleStore } from '../sign-in/throttle.js';
import { equalDigests } from '../tokens/digest.js';
import { mintIdentifiedSecret, parseIdentifiedSecret } from '../tokens/identified-secret.js';
import type { UserStore } from '../users/user-store.js';
import type { FederationContext } from './begin-provider-sign-in.js';
import type { FederatedIdentityStore } from './federated-identity-store.js';
import { findPerson, reportPerson, type PersonReport } from './find-person.js';
import type { IdentityProvider } from './identity-provider.js';
import { judgeProviderAnswer, type JudgeContext } from './judge-provider-answer.js';
import type { PersonRefusal } from './map-person.js';
import type { ProviderFailureReason, ProviderOutcome } from './provider-adapter.js';
import { keepProviderSession } from './provider-session.js';
import type { KeptProviderSession } from './provider-session-store.js';
import { readKeptOutcome } from './receive-provider-answer.js';

export interface FinishContext extends JudgeContext, FirstFactorContext {
  readonly users: UserStore;
  readonly federatedIdentities: FederatedIdentityStore;
  readonly throttle: ThrottleStore;
}

export interface ProviderReturn {
  readonly flow: Flow;
  readonly provider: IdentityProvider;
  readonly state: string;
  /** The query as it came; undefined: the answer was posted before, and judged then. */
  readonly parameters: string | undefined;
  readonly network: string;
  readonly userAgent: string | null;
  readonly previousSessionId: SessionId | undefined;
}

export type ReturnFailureReason = ProviderFailureReason | PersonRefusal | 'provider-disabled';

export type ProviderFinish =
  /** Signed in, or the second factor is missing. `flow-gone`: nothing was awaited any more, or the flow ended meanwhile. */
  | FirstFactorOutcome
  | {
      readonly kind: 'failed';
      readonly reason: ReturnFailureReason;
      readonly detail: string;
      /** The flow's new token: the person may try again, or another way. */
      readonly flow: string;
    }
  /** Only tried: nobody is signed in. */
  | {
      readonly kind: 'reported';
      readonly outcome: ProviderOutcome;
      readonly person: PersonReport | undefined;
    };

/**
 * The flow that a provider's answer belongs to, if it began in this browser and was sent to this very provider. The
 * answer alone could be in somebody else's link.
 */
export async function findAwaitingFlow(
  state: string,
  came: { readonly providerId: IdentityProviderId; readonly browserDigest: Uint8Array | undefined },
  context: Pick<FederationContext, 'flows'> & { readonly now: number },
): Promise<FoundFlow> {
  const presented = parseIdentifiedSecret('provider-state', state);
  const flow = presented === undefined ? undefined : await context.flows.find(presented.id);
  if (presented === undefined || flow === undefined || flow.providerStateDigest === null)
    return { kind: 'not-yours' };
  if (!equalDigests(flow.providerStateDigest, presented.digest)) return { kind: 'not-yours' };
  if (flow.providerId !== came.providerId) return { kind: 'not-yours' };
  if (came.browserDigest === undefined || !equalDigests(flow.browserDigest, came.browserDigest))
    return { kind: 'not-yours' };
  return flow.expiresAt > context.now ? { kind: 'found', flow } : { kind: 'expired' };
}

/** The answer is taken, once; then it is judged; then whoever it proves is signed in within the flow. */
export async function finishProviderSignIn(
  came: ProviderReturn,
  context: FinishContext,
): Promise<ProviderFinish> {
  const { flow, provider } = came;
  const now = context.essentials.clock.now(context.environmentId);
  const token = mintIdentifiedSecret('flow', flow.id, context.essentials.random);
  const memory = await context.flows.takeProviderAnswer({
    ...{ flowId: flow.id, providerId: provider.id, newFlowDigest: token.digest, now },
    stateDigest: flow.providerStateDigest ?? new Uint8Array(),
  });
  if (memory === undefined) return { kind: 'flow-gone' };
  const failed = (reason: ReturnFailureReason, detail: string): ProviderFinish => ({
    ...{ kind: 'failed', reason, detail, flow: token.text },
  });
  const isTest = flow.goal.kind === 'page' && flow.goal.path === PROVIDER_TEST_PAGE;
  if (!provider.enabled && !isTest)
    return failed('provider-disabled', 'The provider was disabled meanwhile.');
  const { parameters, state } = came;
  const outcome =
    parameters === undefined
      ? readKeptOutcome(memory)
      : await judgeProviderAnswer({ provider, state, parameters }, memory, context);
  if (isTest) return report(provider, outcome, context);
  if (outcome.kind === 'failed') return failed(outcome.reason, outcome.detail);
  const person = await findPerson(outcome.identity, provider, context);
  if (person.kind === 'refused') return failed(person.reason, person.detail);
  const session = outcome.session && keepProviderSession(provider.id, outcome.session, context);
  return signIn({ ...came, flow: { ...flow, digest: token.digest }, session }, person, context);
}

async function report(
  provider: IdentityProvider,
  outcome: ProviderOutcome,
  context: FinishContext,
): Promise<ProviderFinish> {
  const person =
    outcome.kind === 'proven' ? await reportPerson(outcome.identity, provider, context) : undefined;
  return { kind: 'reported', outcome, person };
}

async function signIn(
  came: ProviderReturn & { readonly session: KeptProviderSession | undefined },
  person: Extract<Awaited<ReturnType<typeof findPerson>>, { kind: 'found' }>,
  context: FinishContext,
): Promise<ProviderFinish> {
  const { provider, flow, network, userAgent, previousSessionId, session } = came;
  const { federationId } = person;
  const proof = { kind: 'provider', providerId: provider.id, federationId, session } as const;
  const outcome = await passFirstFactor(
    { flow, userId: person.userId, proof, userAgent, previousSessionId },
    context,
  );
  // Who has a second factor to show may still leave the flow behind.
  if (outcome.kind !== 'signed-in') return outcome;
  const now = context.essentials.clock.now(context.environmentId);
  await context.throttle.giveBack([flowRule(network)], now);
  return outcome;
}
