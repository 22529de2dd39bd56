/** Where a provider takes messages, by binding. */
export interface Bindings {
  readonly redirect?: string | undefined;
  readonly post?: string | undefined;
}

export interface Signer {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

/** Everything that one environment and one provider agreed on. */
export interface SamlSettings {
  /** Our own name at the provider. */
  readonly entityId: string;
  /** Where the provider sends its responses. */
  readonly acsUrl: string;
  /** Where it sends what it has to say of sign-outs. */
  readonly sloUrl: string;
  readonly provider: {
    readonly entityId: string;
    readonly singleSignOn: Bindings;
    /** Where it takes requests, and answers to its own, both by redirect. */
    readonly singleLogout?: { readonly url: string; readonly answerUrl: string } | undefined;
    /** As PEM; two while the provider changes from one to the other. */
    readonly certificates: readonly string[];
  };
  /** Signs our requests; undefined where the provider doesn't want that. */
  readonly signingKey?: Signer | undefined;
  /** Signs what we say of sign-outs, which is always signed where there is a key (SAML profiles §4.4.3.1). */
  readonly signOutKey?: Signer | undefined;
  /** Which kind of NameID to ask for; undefined: the provider's choice. */
  readonly nameIdFormat?: string | undefined;
}
