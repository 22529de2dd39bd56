import { SAML } from '@node-saml/node-saml';
import type { NamedSubject } from './accept-response.js';
import type { SamlSettings } from './saml-settings.js';

export interface LoginRequest {
  /** Comes back beside the response, unchanged and unverified. Letters, digits, `.`, `_` and `-`. */
  readonly relayState: string;
  /** To be kept with the flow: the response must name it. An XML name, so its first character is no digit. */
  readonly requestId: string;
  /** The person is to prove once more who they are. */
  readonly forceAuthn?: boolean;
}

/** Where to send the browser: a URL to redirect to, or a form to post. */
export type ProviderRequest =
  | { readonly kind: 'redirect'; readonly url: string }
  | {
      readonly kind: 'form';
      readonly action: string;
      readonly fields: Readonly<Record<'SAMLRequest' | 'RelayState', string>>;
    };

export interface LogoutRequest extends NamedSubject {
  readonly relayState: string;
  readonly requestId: string;
  readonly sessionIndex: string | undefined;
}

/** SAML bindings §3.4.3 lets it be 80 bytes long. Of other characters the library's signature would be another's. */
const RELAY_STATE = /^[\w.-]{1,80}$/;
const REQUEST_ID = /^[A-Za-z_][\w.-]{15,127}$/;

/** The time in it is the machine's: the provider compares it with a real clock. @throws TypeError for a caller's mistake */
export async function loginRequest(settings: SamlSettings, asked: LoginRequest): Promise<ProviderRequest> {
  const { redirect, post } = settings.provider.singleSignOn;
  const action = redirect ?? post;
  if (action === undefined) throw new TypeError('The provider has no address for sign-in.');
  const library = libraryFor(settings, { ...asked, action, posted: redirect === undefined });
  if (redirect !== undefined) {
    return { kind: 'redirect', url: await library.getAuthorizeUrlAsync(asked.relayState, undefined, {}) };
  }
  const { SAMLRequest } = await library.getAuthorizeMessageAsync(asked.relayState);
  return { kind: 'form', action, fields: { SAMLRequest: String(SAMLRequest), RelayState: asked.relayState } };
}

/** Undefined where the provider offers none by redirect. @throws TypeError for a caller's mistake */
export async function logoutUrl(settings: SamlSettings, asked: LogoutRequest): Promise<string | undefined> {
  const action = settings.provider.singleLogout?.url;
  if (action === undefined) return undefined;
  const user = {
    ...{ issuer: settings.provider.entityId, nameID: asked.nameId },
    nameIDFormat: asked.format ?? 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    ...(asked.sessionIndex === undefined ? {} : { sessionIndex: asked.sessionIndex }),
    ...(asked.nameQualifier === undefined ? {} : { nameQualifier: asked.nameQualifier }),
    ...(asked.spNameQualifier === undefined ? {} : { spNameQualifier: asked.spNameQualifier }),
  };
  const signing = { ...settings, signingKey: settings.signOutKey };
  const library = libraryFor(signing, { ...asked, action, posted: false });
  return library.getLogoutUrlAsync(user, asked.relayState, {});
}

interface Call {
  readonly relayState: string;
  readonly requestId: string;
  readonly action: string;
  readonly posted: boolean;
  readonly forceAuthn?: boolean;
}

function libraryFor(settings: SamlSettings, call: Call): SAML {
  if (!RELAY_STATE.test(call.relayState)) throw new TypeError('The relay state has other characters.');
  if (!REQUEST_ID.test(call.requestId))
    throw new TypeError('The request ID is no XML name of 16 to 128 characters.');
  const { signingKey, nameIdFormat } = settings;
  return new SAML({
    ...{
      issuer: settings.entityId,
      callbackUrl: settings.acsUrl,
      idpCert: [...settings.provider.certificates],
    },
    ...{ entryPoint: call.action, logoutUrl: call.action, generateUniqueId: () => call.requestId },
    // A posted request isn't compressed (SAML bindings §3.5.4).
    ...{ skipRequestCompression: call.posted, forceAuthn: call.forceAuthn ?? false },
    identifierFormat: nameIdFormat ?? null,
    // How somebody proves who they are is the provider's to decide.
    disableRequestedAuthnContext: true,
    ...(signingKey === undefined
      ? {}
      : { privateKey: signingKey.privateKeyPem, signatureAlgorithm: 'sha256', digestAlgorithm: 'sha256' }),
  });
}
