import { authenticateApplication } from '../applications/authenticate-application.js';
import type { Application } from '../applications/application.js';
import { OAuthError } from '../errors/oauth-error.js';
import { redeemAuthorizationCode } from './authorization-code-grant.js';
import { exchangeJwt, JWT_GRANT_TYPE } from './jwt-grant.js';
import { refresh } from './refresh-token-grant.js';
import {
  requireParameter,
  type ClientRequest,
  type SessionAnswer,
  type TokenContext,
} from './token-request.js';

type GrantType = (
  application: Application,
  request: ClientRequest,
  context: TokenContext,
) => Promise<SessionAnswer>;

/** RFC 7523 §2.1. */
const exchangeAssertion: GrantType = (application, { parameters, family }, context) =>
  exchangeJwt(application, { jwt: requireParameter(parameters, 'assertion'), family }, context);

const GRANT_TYPES: ReadonlyMap<string, GrantType> = new Map([
  ['authorization_code', redeemAuthorizationCode],
  ['refresh_token', refresh],
  [JWT_GRANT_TYPE, exchangeAssertion],
]);

/** The token endpoint (RFC 6749 §3.2). @throws OAuthError */
export async function answerTokenRequest(
  request: ClientRequest,
  context: TokenContext,
): Promise<SessionAnswer> {
  const grantType = requireParameter(request.parameters, 'grant_type');
  const handle = GRANT_TYPES.get(grantType);
  // The client is proven before it learns anything else, but a failed proof never uses up a code.
  const application = await authenticateApplication(request, context);
  if (handle === undefined) {
    throw new OAuthError(
      'unsupported_grant_type',
      `The grant_type must be authorization_code, refresh_token or ${JWT_GRANT_TYPE}.`,
      { check: 'grant-type' },
    );
  }
  requireEnabled(application);
  return handle(application, request, context);
}

/** The dialect's own endpoint for what the standard has a grant type for. @throws OAuthError */
export async function answerJwtExchange(
  request: ClientRequest,
  context: TokenContext,
): Promise<SessionAnswer> {
  const application = await authenticateApplication(request, context);
  requireEnabled(application);
  const jwt = requireParameter(request.parameters, 'jwt_token');
  return exchangeJwt(application, { jwt, family: request.family }, context);
}

function requireEnabled({ enabled }: Application): void {
  if (!enabled) {
    throw new OAuthError('invalid_grant', 'The application is disabled.', { check: 'application-enabled' });
  }
}
