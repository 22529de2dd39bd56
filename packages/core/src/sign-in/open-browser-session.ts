import type { Flow, SignInProof } from '../authorize/flow.js';
import type { FlowStore } from '../authorize/flow-store.js';
import type { ShownFactor } from '../second-factor/check-second-factor.js';
import { newOrderedId, type Essentials } from '../essentials.js';
import type { EnvironmentId, SessionId, UserId } from '../ids.js';
import { mintIdentifiedSecret } from '../tokens/identified-secret.js';

export interface BrowserSessionContext {
  readonly environmentId: EnvironmentId;
  readonly essentials: Essentials;
  readonly flows: FlowStore;
  /** When a session opened now ends unused: kept with the row, so that it can be removed. */
  readonly sessionIdleTimeoutMs: number;
}

export interface BrowserSessionRequest {
  readonly flow: Flow;
  /** Who has proven to be this user, in whichever way. */
  readonly userId: UserId;
  readonly proof: SignInProof;
  /** What was shown too, on top of this flow's proof. */
  readonly secondFactor: 'none' | ShownFactor;
  readonly userAgent: string | null;
  /** The session that the browser still carries; it ends, so that nobody can plant one (session fixation). */
  readonly previousSessionId: SessionId | undefined;
}

export type BrowserSessionOutcome =
  | {
      readonly kind: 'signed-in';
      readonly userId: UserId;
      readonly sessionId: string;
      readonly flow: string;
    }
  /** The flow ended meanwhile, what proved the user is no proof any more, or a second factor is missing. */
  | { readonly kind: 'flow-gone' };

/** Signs a user in within a flow: a new token for the flow, a new session, and the end of the previous one. */
export async function openBrowserSession(
  { flow: { id: flowId, digest }, userAgent, previousSessionId, ...proven }: BrowserSessionRequest,
  { environmentId, essentials, flows, sessionIdleTimeoutMs }: BrowserSessionContext,
): Promise<BrowserSessionOutcome> {
  const sessionId = newOrderedId<SessionId>(essentials);
  const session = mintIdentifiedSecret('session', sessionId, essentials.random);
  // A new token for the flow: a consent page made for somebody else can't be posted any more.
  const flow = mintIdentifiedSecret('flow', flowId, essentials.random);
  const outcome = await flows.signIn({
    flowId,
    expectedFlowDigest: digest,
    newFlowDigest: flow.digest,
    ...proven,
    session: { id: sessionId, digest: session.digest, userAgent },
    previousSessionId: previousSessionId ?? null,
    sessionIdleTimeoutMs,
    now: essentials.clock.now(environmentId),
  });
  if (outcome === 'gone') return { kind: 'flow-gone' };
  return { kind: 'signed-in', userId: proven.userId, sessionId: session.text, flow: flow.text };
}
