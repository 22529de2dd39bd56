import type { KeptProviderSession } from '../identity-providers/provider-session-store.js';
import type { ClientId, FlowId, IdentityProviderId, UserId } from '../ids.js';

/** Which family of endpoints a request came through; the path where a flow began decides what it answers. */
export type EndpointFamily = 'dialect' | 'standard';

export const FLOW_LIFETIME_MS = 30 * 60_000;

/**
 * A person on the way through our pages. The server holds it; the browser has only the flow's token and a
 * cookie that proves it is the same browser. So there is nothing in a page that could be edited.
 */
export interface Flow {
  readonly id: FlowId;
  /** Of the flow's token. A new one with each sign-in. */
  readonly digest: Uint8Array;
  /** Of the browser's cookie. */
  readonly browserDigest: Uint8Array;
  readonly goal: FlowGoal;
  /** As typed on the first page of the sign-in. */
  readonly username: string | null;
  /** Who signed in within this flow, or was signed in when it began; null: nobody yet. */
  readonly userId: UserId | null;
  /** Somebody must prove anew who they are, also to an identity provider that still knows them. */
  readonly forceLogin: boolean;
  /** The identity provider that it was sent to last. */
  readonly providerId: IdentityProviderId | null;
  /** Of what must come back from there; null when nothing is awaited. */
  readonly providerStateDigest: Uint8Array | null;
  /** Who proved to be somebody, and has the second factor still to prove. It opens nothing. */
  readonly proof: FlowProof | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** A sign-in that is half done; void once the user signed out everywhere or has another password. */
export interface FlowProof {
  readonly userId: UserId;
  readonly by: SignInProof;
  readonly expiresAt: number;
}

/** How somebody proved who they are. */
export type SignInProof =
  | { readonly kind: 'password' }
  /** The provider must be enabled, and the user still known there by this federation ID. */
  | {
      readonly kind: 'provider';
      readonly providerId: IdentityProviderId;
      readonly federationId: string;
      /** What ends the session there, where the provider has such a thing. */
      readonly session?: KeptProviderSession | undefined;
    };

/** What the person came for: an application's request, or one of our own pages. */
export type FlowGoal = AuthorizationGoal | PageGoal;

export interface AuthorizationGoal {
  readonly kind: 'authorization';
  readonly family: EndpointFamily;
  readonly clientId: ClientId;
  readonly redirectUri: string;
  /** Whether the request named it: then the token request must too (RFC 6749 §4.1.3). */
  readonly redirectUriSent: boolean;
  /** Percent-encoded as it came. */
  readonly state: string | null;
  /** S256 (RFC 7636 §4.2). */
  readonly codeChallenge: string | null;
  /** `prompt=consent`: also where a consent is remembered. */
  readonly alwaysAsk: boolean;
  readonly loginHint: string | null;
  readonly uiLocales: string | null;
}

export interface PageGoal {
  readonly kind: 'page';
  readonly path: LocalPage;
  readonly uiLocales: string | null;
}

/** Where a sign-in may lead on this server. A list, not a pattern: nothing else can ever be asked for. */
export type LocalPage =
  '/account' | '/console' | typeof SECOND_FACTOR_SET_UP_PAGE | typeof PROVIDER_TEST_PAGE;

/** Whoever sets up a second factor has just signed in. */
export const SECOND_FACTOR_SET_UP_PAGE = '/account/second-factor/set-up';

/** Such a flow signs nobody in: it ends with a report of what an identity provider said. */
export const PROVIDER_TEST_PAGE = '/identity-provider-test';
