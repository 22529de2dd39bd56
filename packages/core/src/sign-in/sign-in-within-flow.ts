import type { Flow } from '../authorize/flow.js';
import type { FlowStore, SignInProof } from '../authorize/flow-store.js';
import { newOrderedId, type Essentials } from '../essentials.js';
import type { EnvironmentId, SessionId, UserId } from '../ids.js';
import { mintIdentifiedSecret } from '../tokens/identified-secret.js';

export interface WithinFlowContext {
  readonly environmentId: EnvironmentId;
  readonly essentials: Essentials;
  readonly flows: FlowStore;
  /** When a session opened now ends unused: kept with the row, so that it can be removed. */
  readonly sessionIdleTimeoutMs: number;
}

export interface ProvenUser {
  readonly flow: Flow;
  readonly userId: UserId;
  readonly proof: SignInProof;
  readonly userAgent: string | null;
  /** The session that the browser still carries; it ends, so that nobody can plant one (session fixation). */
  readonly previousSessionId: SessionId | undefined;
}

export type WithinFlowOutcome =
  | { readonly kind: 'signed-in'; readonly sessionId: string; readonly flow: string }
  /** The flow ended meanwhile, or what proved the user is no proof any more. */
  | { readonly kind: 'flow-gone' };

/**
 * The one place where somebody who proved who they are becomes signed in, whichever way they proved it. What must be
 * asked of everybody before that, a second factor for example, belongs here.
 */
export async function signInWithinFlow(
  { flow, userId, proof, userAgent, previousSessionId }: ProvenUser,
  { environmentId, essentials, flows, sessionIdleTimeoutMs }: WithinFlowContext,
): Promise<WithinFlowOutcome> {
  const sessionId = newOrderedId<SessionId>(essentials);
  const session = mintIdentifiedSecret('session', sessionId, essentials.random);
  // A new token for the flow: a consent page made for somebody else can't be posted any more.
  const token = mintIdentifiedSecret('flow', flow.id, essentials.random);
  const outcome = await flows.signIn({
    flowId: flow.id,
    expectedFlowDigest: flow.digest,
    newFlowDigest: token.digest,
    userId,
    proof,
    session: { id: sessionId, digest: session.digest, userAgent },
    previousSessionId: previousSessionId ?? null,
    sessionIdleTimeoutMs,
    now: essentials.clock.now(environmentId),
  });
  if (outcome === 'gone') return { kind: 'flow-gone' };
  return { kind: 'signed-in', sessionId: session.text, flow: token.text };
}
