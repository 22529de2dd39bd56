/** Where a provider takes messages, by binding. */
export interface Bindings {
  readonly redirect?: string | undefined;
  readonly post?: string | undefined;
}

/** Everything that one environment and one provider agreed on. */
export interface SamlSettings {
  /** Our own name at the provider. */
  readonly entityId: string;
  /** Where the provider sends its responses. */
  readonly acsUrl: string;
  readonly provider: {
    readonly entityId: string;
    readonly singleSignOn: Bindings;
    readonly singleLogout?: Bindings | undefined;
    /** As PEM; two while the provider changes from one to the other. */
    readonly certificates: readonly string[];
  };
  /** Signs our requests; undefined where the provider doesn't want that. */
  readonly signingKey?: { readonly privateKeyPem: string; readonly certificatePem: string } | undefined;
  /** Which kind of NameID to ask for; undefined: the provider's choice. */
  readonly nameIdFormat?: string | undefined;
}
