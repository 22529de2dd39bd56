import { authenticateApplication } from '../applications/authenticate-application.js';
import type { Application } from '../applications/application.js';
import { digestOf, equalDigests } from '../tokens/digest.js';
import { parseIdentifiedSecret } from '../tokens/identified-secret.js';
import { parseRefreshToken } from '../tokens/refresh-token.js';
import { requireParameter, type ClientRequest, type TokenContext } from './token-request.js';

/**
 * Token revocation (RFC 7009). A refresh token takes its whole grant along, a superseded one too: the
 * client wants to stop. A sessionID ends alone. Whatever is not the client's own is left alone, and the
 * answer doesn't tell (§2.2). `token_type_hint` is not needed: the value says what it is.
 * @throws OAuthError when the client could not be authenticated or sent no token
 */
export async function revoke(request: ClientRequest, context: TokenContext): Promise<void> {
  const application = await authenticateApplication(request, context);
  const token = requireParameter(request.parameters, 'token');
  const refreshToken = parseRefreshToken(token, context.essentials.keyRing);
  if (refreshToken === undefined) return endSession(token, application, context);
  const { clientId } = application;
  const digest = digestOf(refreshToken.secret);
  await context.grants.revokeByRefreshToken(
    { id: refreshToken.grantId, presented: { generation: refreshToken.generation, digest } },
    { now: context.now, clientId },
  );
}

async function endSession(token: string, application: Application, context: TokenContext): Promise<void> {
  const presented = parseIdentifiedSecret('session', token);
  if (presented === undefined) return;
  const evidence = await context.sessions.find(presented.id);
  if (evidence?.grant?.clientId !== application.clientId || !equalDigests(evidence.digest, presented.digest))
    return;
  await context.sessions.end(presented.id, context.now);
}
