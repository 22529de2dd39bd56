/** 160 bits, as RFC 4226 §4 recommends. */
export const SEED_BYTES = 20;

/** Time-based one-time passwords (RFC 6238), six digits every 30 seconds: what every authenticator app knows. */
export interface OneTimeCodes {
  /**
   * The step of time that the code belongs to, of the current one, the one before and the one after (RFC 6238 §5.2:
   * clocks differ). Undefined when it is none of theirs. Compares in constant time.
   */
  stepOf(seed: Uint8Array, code: string, now: number): number | undefined;
  /** For a person who types it into the app: letters and digits (base32). */
  textOf(seed: Uint8Array): string;
  /** For the app's camera, `otpauth://…`. */
  uriOf(seed: Uint8Array, account: { readonly issuer: string; readonly username: string }): string;
}
