import type { Application } from '../applications/application.js';
import type { ApplicationStore } from '../applications/application-store.js';
import { OAuthError } from '../errors/oauth-error.js';
import { newOrderedId } from '../essentials.js';
import { DAY_MS } from '../grants/grant-expiry.js';
import type { Authorization, GrantStore } from '../grants/grant-store.js';
import type { ConsentId, GrantId, UserId } from '../ids.js';
import type { ParameterSet } from '../parameters.js';
import type { LiveSession } from '../sessions/session.js';
import { mintIdentifiedSecret } from '../tokens/identified-secret.js';
import { errorUrl, successUrl } from './answer-url.js';
import {
  proveRedirect,
  readClientId,
  readRequest,
  readState,
  type AuthorizationPageProblem,
  type ReadRequest,
} from './authorization-request.js';
import type { AuthorizationGoal, EndpointFamily } from './flow.js';
import { openAnonymousFlow, openFlow, type FlowContext, type OpenFlow } from './open-flow.js';

/** RFC 6749 §4.1.2 recommends ten minutes at most. */
export const CODE_LIFETIME_MS = 120_000;

export interface AuthorizeContext extends FlowContext {
  /** The environment's origin, which is the issuer. */
  readonly issuer: string;
  readonly applications: ApplicationStore;
  readonly grants: GrantStore;
}

/** Whose request it is: the browser, and who is signed in there. */
export interface Visitor {
  readonly browserDigest: Uint8Array;
  /** The network it comes from, for example `203.0.113.0/24`. */
  readonly network: string;
  readonly session: LiveSession | undefined;
}

export type AuthorizeOutcome =
  | { readonly kind: 'page-problem'; readonly problem: AuthorizationPageProblem }
  | { readonly kind: 'redirect'; readonly location: string; readonly refusal?: OAuthError }
  | ({ readonly kind: 'sign-in' | 'consent'; readonly application: Application } & OpenFlow)
  | { readonly kind: 'throttled'; readonly retryAt: number };

/** The authorization endpoint (RFC 6749 §3.1): where a request leads. */
export async function authorize(
  request: { readonly family: EndpointFamily; readonly parameters: ParameterSet; readonly visitor: Visitor },
  context: AuthorizeContext,
): Promise<AuthorizeOutcome> {
  const { family, parameters, visitor } = request;
  const clientId = readClientId(parameters);
  if (typeof clientId !== 'string') return { kind: 'page-problem', problem: clientId };
  const client = proveRedirect(await context.applications.find(clientId), parameters);
  if ('kind' in client) return { kind: 'page-problem', problem: client };
  try {
    const read = readRequest(client, parameters, family);
    return await lead(read, client.application, { visitor, context });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const target = { family, redirectUri: client.redirectUri, state: readState(parameters) };
    return { kind: 'redirect', location: errorUrl(target, error, context), refusal: error };
  }
}

async function lead(
  { goal, prompt }: ReadRequest,
  application: Application,
  { visitor, context }: { readonly visitor: Visitor; readonly context: AuthorizeContext },
): Promise<AuthorizeOutcome> {
  const userId = prompt.login ? undefined : visitor.session?.evidence.user.id;
  if (userId === undefined) {
    if (prompt.none)
      throw new OAuthError('login_required', 'Nobody is signed in, and prompt=none forbids to ask.');
    const open = await openAnonymousFlow(goal, { ...visitor, forceLogin: prompt.login }, context);
    return open.kind === 'throttled' ? open : { ...open, kind: 'sign-in', application };
  }
  const location = await redirectRemembered(goal, { application, userId }, context);
  if (location !== undefined) return { kind: 'redirect', location };
  if (prompt.none)
    throw new OAuthError('consent_required', 'The user must be asked, and prompt=none forbids it.');
  const open = await openFlow(goal, { browserDigest: visitor.browserDigest, userId }, context);
  return { kind: 'consent', application, ...open };
}

/** Where the answer goes without asking; undefined unless the person let this application remember. */
export async function redirectRemembered(
  goal: AuthorizationGoal,
  parties: { readonly application: Application; readonly userId: UserId },
  context: AuthorizeContext,
): Promise<string | undefined> {
  if (!parties.application.rememberConsent || goal.alwaysAsk) return undefined;
  const { authorization, code } = newAuthorization(goal, parties, context);
  const outcome = await context.grants.authorizeRemembered(authorization);
  return outcome === 'authorized' ? successUrl(goal, code, context) : undefined;
}

/** A grant to be, and the code that redeems it. */
export function newAuthorization(
  goal: AuthorizationGoal,
  parties: { readonly application: Application; readonly userId: UserId },
  { essentials, environment }: Pick<AuthorizeContext, 'essentials' | 'environment'>,
): { readonly authorization: Authorization; readonly code: string } {
  const now = essentials.clock.now(environment.id);
  const grantId = newOrderedId<GrantId>(essentials);
  const code = mintIdentifiedSecret('code', grantId, essentials.random);
  const { absoluteDays } = parties.application.refreshPolicy;
  return {
    code: code.text,
    authorization: {
      grantId,
      consentId: newOrderedId<ConsentId>(essentials),
      userId: parties.userId,
      goal,
      codeDigest: code.digest,
      codeExpiresAt: now + CODE_LIFETIME_MS,
      expiresAt: absoluteDays === null ? null : now + absoluteDays * DAY_MS,
      now,
    },
  };
}
