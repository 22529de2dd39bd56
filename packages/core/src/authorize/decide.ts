import { matchesRegistered } from '../applications/redirect-url.js';
import { OAuthError } from '../errors/oauth-error.js';
import type { LiveSession } from '../sessions/session.js';
import { equalDigests } from '../tokens/digest.js';
import { parseIdentifiedSecret } from '../tokens/identified-secret.js';
import { errorUrl, successUrl } from './answer-url.js';
import { newAuthorization, type AuthorizeContext } from './authorize.js';
import type { AuthorizationGoal, Flow } from './flow.js';
import type { FlowStore } from './flow-store.js';

export type FoundFlow =
  | { readonly kind: 'found'; readonly flow: Flow }
  | { readonly kind: 'expired' }
  | { readonly kind: 'not-yours' };

/**
 * The flow that a page's token names, if it is this browser's. Token and cookie are both needed: the
 * token alone could be in somebody else's link, the cookie alone in anybody's form.
 */
export async function findFlow(
  token: string,
  browserDigest: Uint8Array | undefined,
  context: { readonly flows: FlowStore; readonly now: number },
): Promise<FoundFlow> {
  const presented = parseIdentifiedSecret('flow', token);
  const flow = presented === undefined ? undefined : await context.flows.find(presented.id);
  if (presented === undefined || flow === undefined || !equalDigests(flow.digest, presented.digest)) {
    return { kind: 'not-yours' };
  }
  if (browserDigest === undefined || !equalDigests(flow.browserDigest, browserDigest))
    return { kind: 'not-yours' };
  return flow.expiresAt > context.now ? { kind: 'found', flow } : { kind: 'expired' };
}

/** Whether the consent screen of this flow is this person's: nobody answers for somebody else. */
export function mayDecide(flow: Flow, session: LiveSession | undefined): session is LiveSession {
  return flow.userId !== null && session?.evidence.user.id === flow.userId;
}

export type Decision = 'allow' | 'cancel';

export type DecisionOutcome =
  | { readonly kind: 'redirect'; readonly location: string }
  /** Answered before, or the user or the application were disabled meanwhile. */
  | { readonly kind: 'gone' };

/** *Allow access* or *Cancel*: of several answers to one flow only the first counts. */
export async function decide(
  decision: Decision,
  parties: { readonly flow: Flow; readonly goal: AuthorizationGoal; readonly session: LiveSession },
  context: AuthorizeContext,
): Promise<DecisionOutcome> {
  const { flow, goal, session } = parties;
  const userId = session.evidence.user.id;
  const application = await context.applications.find(goal.clientId);
  // What was proven when the flow began may be true no longer: an administrator may have removed the URL.
  if (application?.redirectUrls.some((url) => matchesRegistered(goal.redirectUri, url)) !== true) {
    return { kind: 'gone' };
  }
  if (decision === 'cancel') {
    const now = context.essentials.clock.now(context.environment.id);
    if ((await context.flows.cancel(flow.id, userId, now)) === 'gone') return { kind: 'gone' };
    const denied = new OAuthError('access_denied', 'The user did not allow access.');
    return { kind: 'redirect', location: errorUrl(goal, denied, context) };
  }
  const { authorization, code } = newAuthorization(goal, { application, userId }, context);
  const outcome = await context.grants.authorize(authorization, flow.id);
  return outcome === 'gone'
    ? { kind: 'gone' }
    : { kind: 'redirect', location: successUrl(goal, code, context) };
}
