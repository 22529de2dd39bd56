import { authenticateApplication } from '../applications/authenticate-application.js';
import type { Application } from '../applications/application.js';
import { OAuthError } from '../errors/oauth-error.js';
import { redeemAuthorizationCode } from './authorization-code-grant.js';
import { refresh } from './refresh-token-grant.js';
import {
  requireParameter,
  type ClientRequest,
  type TokenAnswer,
  type TokenContext,
} from './token-request.js';

type GrantType = (
  application: Application,
  request: ClientRequest,
  context: TokenContext,
) => Promise<TokenAnswer>;

const GRANT_TYPES: ReadonlyMap<string, GrantType> = new Map([
  ['authorization_code', redeemAuthorizationCode],
  ['refresh_token', refresh],
]);

/** The token endpoint (RFC 6749 §3.2). @throws OAuthError */
export async function answerTokenRequest(
  request: ClientRequest,
  context: TokenContext,
): Promise<TokenAnswer> {
  const grantType = requireParameter(request.parameters, 'grant_type');
  const handle = GRANT_TYPES.get(grantType);
  // The client is proven before it learns anything else, but a failed proof never uses up a code.
  const now = context.essentials.clock.now(context.environment.id);
  const application = await authenticateApplication(request, { ...context, now });
  if (handle === undefined) {
    throw new OAuthError(
      'unsupported_grant_type',
      'The grant_type must be authorization_code or refresh_token.',
      { check: 'grant-type' },
    );
  }
  if (!application.enabled) {
    throw new OAuthError('invalid_grant', 'The application is disabled.', { check: 'application-enabled' });
  }
  return handle(application, request, context);
}
