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
import { answerSignOut, type SignOutReply } from './answer-sign-out.js';
import { readSignOut, type SignOutStatement } from './read-sign-out.js';
import type { SamlSettings } from './saml-settings.js';

/** One environment as a SAML 2.0 service provider, towards one identity provider. */
export interface SamlServiceProvider {
  /** Whether a session there can be ended from here. */
  readonly offersSignOut: boolean;
  loginRequest(asked: LoginRequest): Promise<ProviderRequest>;
  /** Never throws for what a sender sends. */
  acceptResponse(
    samlResponse: string,
    expected: ExpectedResponse,
  ): Promise<AcceptedResponse | RefusedResponse>;
  /** Where the browser ends the session at the provider; undefined where it offers nothing of the kind. */
  logoutUrl(asked: LogoutRequest): Promise<string | undefined>;
  /** Never throws for what a sender sends. */
  readSignOut(query: string, now: number): SignOutStatement | RefusedResponse;
  /** Where the browser carries the answer to the provider's own sign-out; undefined where it takes none. */
  answerSignOut(reply: SignOutReply): string | undefined;
}

const MAX_CERTIFICATES = 4;

/** @throws TypeError when there is no certificate, or so many that a forged response would cost real work */
export function samlServiceProvider(settings: SamlSettings): SamlServiceProvider {
  const count = settings.provider.certificates.length;
  if (count === 0 || count > MAX_CERTIFICATES) throw new TypeError(`A provider with ${count} certificates.`);
  return {
    offersSignOut: settings.provider.singleLogout !== undefined,
    loginRequest: (asked) => loginRequest(settings, asked),
    acceptResponse: (samlResponse, expected) => acceptResponse(settings, samlResponse, expected),
    logoutUrl: (asked) => logoutUrl(settings, asked),
    readSignOut: (query, now) => readSignOut(settings, query, now),
    answerSignOut: (reply) => answerSignOut(settings, reply),
  };
}
