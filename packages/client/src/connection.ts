import { FluxoError } from './errors.js';
import type { Settings } from './settings.js';
import { revokeToken, rotate } from './token-request.js';
import type { Tokens } from './token-store.js';

/** A session is renewed this long before its end, in milliseconds, or a tenth of its life before, if that is less. */
const MARGIN_MS = 30_000;

/** How often another process may be ahead of this one before something else must be wrong. */
const ROUNDS = 3;

/**
 * Everything that reads or changes the stored tokens. Two promises hold here: at most one refresh is under way
 * however many callers wait for it, and nobody gets tokens that the store doesn't have yet. (If the program
 * died in between, the successor of a rotated refresh token would be used by one and known to none.)
 */
export class Connection {
  readonly #settings: Settings;
  #renewal: Promise<Tokens> | undefined;
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The stored tokens, renewed first when their session is about to end. */
  async live(): Promise<Tokens> {
    const held = await this.#held();
    return this.#endsSoon(held) ? this.renew(held) : held;
  }

  /** The stored tokens, renewed in any case. */
  async renewed(): Promise<Tokens> {
    return this.renew(await this.#held());
  }

  /**
   * Tokens newer than `stale`: those that somebody else stored meanwhile, or those of a refresh. Its failure
   * is shared as well: twenty callers must not each try a Fluxo that is away.
   */
  async renew(stale: Tokens): Promise<Tokens> {
    if (this.#renewal !== undefined) {
      const tokens = await this.#renewal;
      // Otherwise that renewal was started for tokens older than ours, and found ours in the store.
      if (tokens.accessToken !== stale.accessToken) return tokens;
    }
    this.#renewal ??= this.#serially(() => this.#renew(stale)).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** Keeps the tokens of a new authorization. */
  store(tokens: Tokens): Promise<void> {
    return this.#serially(() => this.#settings.tokenStore.save(tokens));
  }

  revoke(): Promise<void> {
    return this.#serially(async () => {
      const store = this.#settings.tokenStore;
      for (let round = 0; round < ROUNDS; round++) {
        const held = await store.load();
        if (held === undefined) return;
        await revokeToken(this.#settings, held.refreshToken);
        const after = await store.load();
        if (after === undefined || after.refreshToken === held.refreshToken) return store.clear();
      }
      throw new FluxoError('unavailable', 'The stored tokens keep changing while they are revoked.');
    });
  }

  async #renew(stale: Tokens): Promise<Tokens> {
    let held = await this.#held();
    for (let round = 1; ; round++) {
      if (held.accessToken !== stale.accessToken && !this.#endsSoon(held)) return held;
      try {
        return await this.#keep(await rotate(this.#settings, held.refreshToken), held);
      } catch (error) {
        const refused = error instanceof FluxoError && error.error === 'invalid_grant';
        if (!refused || round === ROUNDS) throw error;
        held = await this.#newerThan(held, error);
      }
    }
  }

  /** Saves `fresh` unless the store moved on since `presented` was read: what is there then is newer, or nothing. */
  async #keep(fresh: Tokens, presented: Tokens): Promise<Tokens> {
    const held = await this.#held();
    if (held.accessToken !== presented.accessToken || held.refreshToken !== presented.refreshToken)
      return held;
    await this.#settings.tokenStore.save(fresh);
    return fresh;
  }

  /** RFC 6749 §5.2 `invalid_grant`: the end, unless another process rotated and stored before us. */
  async #newerThan(refused: Tokens, error: FluxoError): Promise<Tokens> {
    const store = this.#settings.tokenStore;
    const held = await store.load();
    if (held !== undefined && held.refreshToken !== refused.refreshToken) return held;
    await store.clear();
    throw new FluxoError('connection_ended', 'The connection ended: ask the person to connect again.', error);
  }

  async #held(): Promise<Tokens> {
    const held = await this.#settings.tokenStore.load();
    if (held !== undefined) return held;
    throw new FluxoError('not_connected', 'Nobody is connected: the store holds no tokens.');
  }

  #endsSoon(tokens: Tokens): boolean {
    // Sessions of a few seconds exist, at the very end of a grant: with a fixed margin each call would refresh.
    const marginMs = Math.min(MARGIN_MS, (tokens.expiresAt - tokens.obtainedAt) / 10);
    return this.#settings.now() >= tokens.expiresAt - marginMs;
  }

  /** One after the other, in this process and, if the store knows how, in all of them. */
  #serially<T>(work: () => Promise<T>): Promise<T> {
    const store = this.#settings.tokenStore;
    const turn = this.#lastTurn.then(() =>
      store.exclusively === undefined ? work() : store.exclusively(work),
    );
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }
}
