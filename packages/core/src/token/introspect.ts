import { authenticateApplication } from '../applications/authenticate-application.js';
import type { Application } from '../applications/application.js';
import { OAuthError } from '../errors/oauth-error.js';
import { grantExpiresAt } from '../grants/grant-expiry.js';
import type { ClientId } from '../ids.js';
import { findSession } from '../sessions/find-session.js';
import type { LiveSession } from '../sessions/session.js';
import { digestOf } from '../tokens/digest.js';
import { parseRefreshToken } from '../tokens/refresh-token.js';
import { requireParameter, tokenTypeOf, type ClientRequest, type TokenContext } from './token-request.js';

/** RFC 7662 §2.2. Times are seconds since the epoch. */
export type Introspection =
  | { readonly active: false }
  | {
      readonly active: true;
      readonly client_id: string;
      readonly username: string;
      readonly sub: string;
      readonly iss: string;
      readonly iat: number;
      readonly exp?: number;
      readonly token_type?: 'sessionID' | 'Bearer';
    };

const INACTIVE: Introspection = { active: false };

/**
 * Token introspection (RFC 7662). An application learns of its own tokens only, unless an administrator lets it
 * know all of the environment's: another one's is as inactive as one that was never issued. Asking is not using.
 * @throws OAuthError `invalid_client`: also for a public client, whom anybody could pass for (§2.1)
 */
export async function introspect(request: ClientRequest, context: TokenContext): Promise<Introspection> {
  const application = await authenticateApplication(request, context);
  if (application.kind === 'spa') {
    throw new OAuthError('invalid_client', 'Introspection is for applications that have a secret.', {
      check: 'introspection-needs-secret',
    });
  }
  const token = requireParameter(request.parameters, 'token');
  const live = await findSession(token, 'application', context);
  return (
    introspectSession(live, application, { request, context }) ??
    (await introspectRefreshToken(token, application, context)) ??
    INACTIVE
  );
}

function introspectSession(
  live: LiveSession | undefined,
  application: Application,
  { request, context }: { readonly request: ClientRequest; readonly context: TokenContext },
): Introspection | undefined {
  if (live?.evidence.grant === undefined) return undefined;
  const { user, createdAt, grant } = live.evidence;
  if (!mayKnow(application, grant.clientId)) return undefined;
  return {
    active: true,
    client_id: grant.clientId,
    username: user.username,
    sub: user.id,
    iss: context.issuer,
    iat: toSeconds(createdAt),
    exp: toSeconds(live.expiresAt),
    token_type: tokenTypeOf(grant, request.family),
  };
}

async function introspectRefreshToken(
  token: string,
  application: Application,
  context: TokenContext,
): Promise<Introspection | undefined> {
  const presented = parseRefreshToken(token, context.essentials.keyRing);
  if (presented === undefined) return undefined;
  const { grantId, generation, secret } = presented;
  const found = await context.grants.findByRefreshToken({
    id: grantId,
    presented: { generation, digest: digestOf(secret) },
  });
  if (found === undefined || !mayKnow(application, found.clientId)) return undefined;
  const owner = await context.applications.find(found.clientId);
  if (owner === undefined) return undefined;
  const expiresAt = grantExpiresAt(found.grant, owner.refreshPolicy, found.grant.userLastActiveAt);
  if (expiresAt <= context.now) return undefined;
  return {
    active: true,
    client_id: found.clientId,
    username: found.username,
    sub: found.grant.userId,
    iss: context.issuer,
    iat: toSeconds(found.grant.authorizedAt),
    ...(expiresAt === Infinity ? {} : { exp: toSeconds(expiresAt) }),
  };
}

function mayKnow(application: Application, owner: ClientId): boolean {
  return owner === application.clientId || application.introspectEnvironment;
}

function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
