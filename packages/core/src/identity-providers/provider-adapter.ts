import type { IdentityProvider } from './identity-provider.js';

/** One way of asking a provider. OpenID Connect and SAML are two of them; nothing outside of an adapter knows which. */
export interface ProviderAdapter {
  /** Where the person goes. */
  begin(provider: IdentityProvider, request: ProviderRequest): Promise<ProviderStart>;
  /** Who came back. What isn't proven is refused, whatever it says. */
  finish(provider: IdentityProvider, callback: ProviderCallback): Promise<ProviderOutcome>;
  /** Where the person goes who wants to be signed out there, too. */
  signOut(provider: IdentityProvider, request: ProviderSignOut): Promise<SignOutStart>;
  /** What came to our address for sign-outs; only where the kind has one. What isn't proven is refused. */
  readSignOut?(provider: IdentityProvider, message: SignOutMessage): Promise<SignOutReading>;
  /** Where the browser carries our answer to a sign-out that the provider asked for. */
  answerSignOut?(provider: IdentityProvider, answer: SignOutAnswer): Promise<SignOutStart>;
}

export interface ProviderRequest {
  /** Must come back as it is, once. */
  readonly state: string;
  readonly callbackUrl: string;
  readonly secret: string | undefined;
  readonly loginHint: string | null;
  readonly forceLogin: boolean;
  readonly uiLocales: string | null;
}

export type ProviderStart =
  | {
      readonly kind: 'go';
      readonly location: string;
      /** Fields of a form that the browser posts there; undefined: it just goes. */
      readonly form?: Readonly<Record<string, string>> | undefined;
      /** Kept with the flow, and given back with the answer: nonce and verifier, or the request's ID. */
      readonly memory: string;
    }
  | ({ readonly kind: 'failed' } & ProviderFailure);

export interface ProviderCallback {
  /** The query, or the form, as it came. */
  readonly parameters: string;
  readonly state: string;
  readonly callbackUrl: string;
  readonly secret: string | undefined;
  readonly memory: string;
  /** The real time: the provider knows no other. */
  readonly now: number;
}

export type ProviderOutcome =
  | {
      readonly kind: 'proven';
      readonly identity: ProvenIdentity;
      /** Where the proof could be shown twice: what names it, and when nobody would take it any more. */
      readonly once?: { readonly id: string; readonly until: number };
      /** What is needed to end the session there; undefined where the provider offers no such thing. */
      readonly session?: ProvenSession | undefined;
    }
  | ({ readonly kind: 'failed' } & ProviderFailure);

export interface ProviderFailure {
  readonly reason: ProviderFailureReason;
  /** For the log and for the administrator who tests it; never a secret. */
  readonly detail: string;
}

export type ProviderFailureReason =
  /** It is away, too slow, or answers what no provider answers. */
  | 'unreachable'
  /** It said no: the person pressed cancel there, or may not use us. */
  | 'refused'
  /** What it said isn't proven. */
  | 'invalid'
  /** It can't be asked with the settings that it has here. */
  | 'misconfigured';

/** What a provider proved of a person. */
export interface ProvenIdentity {
  /** `sub`, or the name identifier. */
  readonly subject: string;
  /** Claims or attributes by name, `subject` among them where the kind has it so. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Undefined where the provider doesn't say. */
  readonly emailVerified: boolean | undefined;
}

/** The session that the provider opened, as it calls it. */
export interface ProvenSession {
  /** Whose it is: the same text each time the provider speaks of that person. */
  readonly subject: string;
  /** Which of the person's sessions there; null where the provider doesn't say. */
  readonly index: string | null;
  /** Nothing but the adapter looks inside. It is kept sealed. */
  readonly memory: string;
}

/** What both ends of a sign-out need. */
interface SignOutSide {
  /** Where the provider sends the browser back to, or its messages. */
  readonly signOutUrl: string;
  readonly secret: string | undefined;
}

export interface ProviderSignOut extends SignOutSide {
  /** Comes back as it is. */
  readonly state: string;
  /** An XML name; the answer must name it, where the kind has such a thing. */
  readonly requestId: string;
  readonly memory: string;
}

export type SignOutStart =
  { readonly kind: 'go'; readonly location: string } | ({ readonly kind: 'failed' } & ProviderFailure);

export interface SignOutMessage extends SignOutSide {
  /** The query as it came. */
  readonly query: string;
  /** The real time. */
  readonly now: number;
}

export type SignOutReading =
  /** The provider's answer to what we asked. */
  | {
      readonly kind: 'answered';
      readonly state: string;
      readonly inResponseTo: string;
      readonly succeeded: boolean;
    }
  /** The provider wants sessions of ours to end. */
  | {
      readonly kind: 'asked';
      readonly requestId: string;
      readonly subject: string;
      /** Empty: all of that person's. */
      readonly indexes: readonly string[];
      readonly relayState: string | undefined;
      /** Nobody takes the message any more from then on. */
      readonly until: number;
    }
  | ({ readonly kind: 'failed' } & ProviderFailure);

export interface SignOutAnswer extends SignOutSide {
  readonly inResponseTo: string;
  readonly relayState: string | undefined;
}
