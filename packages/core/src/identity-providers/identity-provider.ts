import type { IdentityProviderId } from '../ids.js';

/** Where people of one environment prove who they are: their company's own sign-in. */
export interface IdentityProvider {
  readonly id: IdentityProviderId;
  /** What the button says: “Continue with …”. */
  readonly name: string;
  readonly enabled: boolean;
  readonly settings: ProviderSettings;
  /** Whose e-mail address ends so is sent there. In lower case, ASCII. */
  readonly emailDomains: readonly string[];
  readonly attributes: AttributeMapping;
  /** Whether a user is made for somebody who comes for the first time. */
  readonly autoProvision: boolean;
  /** Whether each sign-in brings the name up to date. */
  readonly updateNames: boolean;
  readonly hasSecret: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly lastUsedAt: number | null;
}

export type ProviderKind = ProviderSettings['kind'];

/** What only one kind of provider needs; nothing but its adapter looks inside. */
export type ProviderSettings = OidcSettings | SamlSettings;

/** OpenID Connect Core 1.0, the authorization code flow. */
export interface OidcSettings {
  readonly kind: 'oidc';
  readonly issuer: string;
  /** Empty while it isn't known yet: then the provider can't be enabled. */
  readonly clientId: string;
  readonly scope: string;
  readonly clientAuthentication: OidcClientAuthentication;
}

export type OidcClientAuthentication = 'client_secret_basic' | 'client_secret_post' | 'none';

/** SAML 2.0, the web browser profile. */
export interface SamlSettings {
  readonly kind: 'saml';
  readonly entityId: string;
  readonly signOnUrl: string;
  /** How a request gets there. */
  readonly signOnBinding: 'redirect' | 'post';
  /** Where a browser is sent to sign out there, by redirect; undefined or empty where the provider offers none. */
  readonly signOutUrl?: string;
  /** Where answers to the provider's own sign-outs go; undefined: to the same. */
  readonly signOutAnswerUrl?: string;
  /** PEM. Any of them may have signed, so that a company can change its own. */
  readonly certificates: readonly string[];
  /** Whether the provider wants requests signed. The key is the provider's secret. */
  readonly signRequests: boolean;
  /** PEM, of that key; empty where there is none. */
  readonly signingCertificate: string;
}

/** Names of the claims or attributes that say who somebody is; null: what is usual for the kind. */
export interface AttributeMapping {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly federationId: string | null;
}
