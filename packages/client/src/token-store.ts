/** One connection: what Fluxo answered, and when. Whoever has it acts for the person: store it like a password. */
export interface Tokens {
  /** The sessionID that `fetch` sends. */
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When Fluxo was asked for these tokens, in milliseconds since 1970. */
  readonly obtainedAt: number;
  /** When the session ends, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** The person's stable identifier in their organization. */
  readonly wid: string;
  /** `sessionID` or `Bearer`, as Fluxo named it. */
  readonly tokenType: string;
}

/**
 * Where an application keeps the tokens of **one** connection: a row of its database, an entry of the
 * platform's key store. One store belongs to one person of the application.
 */
export interface TokenStore {
  /** The tokens saved last, or `undefined`. */
  load(): Promise<Tokens | undefined>;
  /** Must not resolve before the tokens are safe: from then on the older ones may be worthless. */
  save(tokens: Tokens): Promise<void>;
  /** Forgets the tokens. Forgetting nothing is no error. */
  clear(): Promise<void>;
  /**
   * Optional, for applications of several processes over one store: runs `work` while no other process
   * runs its own (a row lock, an advisory lock). Without it the client still re-reads the store before it
   * writes, which leaves a gap of the two calls' duration.
   */
  exclusively?<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * A store for trials and tests. The connection is lost when the program ends, while the person's consent
 * goes on at Fluxo: an application for people needs a store that outlives it.
 */
export class MemoryTokenStore implements TokenStore {
  #tokens: Tokens | undefined;

  load(): Promise<Tokens | undefined> {
    return Promise.resolve(this.#tokens);
  }

  save(tokens: Tokens): Promise<void> {
    this.#tokens = tokens;
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.#tokens = undefined;
    return Promise.resolve();
  }
}
