import {
  acceptResponse,
  type AcceptedResponse,
  type ExpectedResponse,
  type RefusedResponse,
} from './accept-response.js';
import {
  loginRequest,
  logoutUrl,
  type LoginRequest,
  type LogoutRequest,
  type ProviderRequest,
} from './requests.js';
import type { SamlSettings } from './saml-settings.js';

/** One environment as a SAML 2.0 service provider, towards one identity provider. */
export interface SamlServiceProvider {
  loginRequest(asked: LoginRequest): Promise<ProviderRequest>;
  /** Never throws for what a sender sends. */
  acceptResponse(
    samlResponse: string,
    expected: ExpectedResponse,
  ): Promise<AcceptedResponse | RefusedResponse>;
  /** Where the browser ends the session at the provider; undefined where it offers nothing of the kind. */
  logoutUrl(asked: LogoutRequest): Promise<string | undefined>;
}

const MAX_CERTIFICATES = 4;

/** @throws TypeError when there is no certificate, or so many that a forged response would cost real work */
export function samlServiceProvider(settings: SamlSettings): SamlServiceProvider {
  const count = settings.provider.certificates.length;
  if (count === 0 || count > MAX_CERTIFICATES) throw new TypeError(`A provider with ${count} certificates.`);
  return {
    loginRequest: (asked) => loginRequest(settings, asked),
    acceptResponse: (samlResponse, expected) => acceptResponse(settings, samlResponse, expected),
    logoutUrl: (asked) => logoutUrl(settings, asked),
  };
}
