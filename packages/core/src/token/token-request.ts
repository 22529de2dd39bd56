import type { Application } from '../applications/application.js';
import type { ApplicationStore } from '../applications/application-store.js';
import type { EndpointFamily } from '../authorize/flow.js';
import type { Environment } from '../environments/environment.js';
import { OAuthError } from '../errors/oauth-error.js';
import type { Essentials } from '../essentials.js';
import type { GrantStore } from '../grants/grant-store.js';
import type { ParametersByName } from '../parameters.js';
import type { SessionStore } from '../sessions/session-store.js';
import type { Usage } from '../usage/usage.js';
import type { JwtVerifier } from './jwt-verifier.js';

/** A request at one of the endpoints that only applications call. */
export interface ClientRequest {
  readonly family: EndpointFamily;
  /** The `Authorization` header as it came. */
  readonly authorization: string | undefined;
  /** The body's parameters, each once, none empty. */
  readonly parameters: ParametersByName;
}

export interface TokenContext {
  readonly environment: Environment;
  readonly issuer: string;
  readonly essentials: Essentials;
  readonly applications: ApplicationStore;
  readonly grants: GrantStore;
  readonly sessions: SessionStore;
  readonly usage: Usage;
  readonly jwtVerifier: JwtVerifier;
  /** Epoch milliseconds, read once: a request has one moment. */
  readonly now: number;
}

/** RFC 6749 §5.1 in the dialect's shape; exactly these fields. */
export interface SessionAnswer {
  readonly token_type: 'sessionID' | 'Bearer';
  readonly access_token: string;
  readonly expires_in: number;
  readonly wid: string;
}

export interface TokenAnswer extends SessionAnswer {
  readonly refresh_token: string;
}

/** The setting of the application is for clients whose URLs are fixed; otherwise the endpoint decides. */
export function tokenTypeOf(
  application: Pick<Application, 'tokenType'>,
  family: EndpointFamily,
): 'sessionID' | 'Bearer' {
  if (application.tokenType !== 'by-endpoint') return application.tokenType;
  return family === 'standard' ? 'Bearer' : 'sessionID';
}

/** @throws OAuthError `invalid_request` when the parameter is missing */
export function requireParameter(parameters: ParametersByName, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) {
    throw new OAuthError('invalid_request', `The parameter ${name} is missing.`, {
      check: 'parameter-present',
      expected: name,
    });
  }
  return value;
}
