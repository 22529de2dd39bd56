import type { PoolClient } from 'pg';
import type { PostgresPool } from './postgres-pool.js';

export const CHANNEL = 'fluxo_changes';
const RECONNECT_MS = 500;

/**
 * Listens on a connection of its own for whoever changes something, so that the log is read at once and not with
 * the next poll. Without it changes are heard of a little later; nothing depends on it.
 */
export class ChangeChannel {
  readonly #pool: PostgresPool;
  readonly #wake: () => void;
  #client: PoolClient | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;
  #opening: Promise<void> = Promise.resolve();

  constructor(pool: PostgresPool, wake: () => void) {
    this.#pool = pool;
    this.#wake = wake;
  }

  start(): void {
    this.#opening = this.#open();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#opening;
    this.#letGo();
  }

  async #open(): Promise<void> {
    try {
      const client = await this.#pool.hold();
      this.#client = client;
      client.on('notification', this.#wake);
      client.once('error', () => this.#lost());
      client.once('end', () => this.#lost());
      await client.query(`LISTEN ${CHANNEL}`);
      // What was announced while nobody listened.
      this.#wake();
    } catch {
      this.#lost();
    }
  }

  #lost(): void {
    this.#letGo();
    if (this.#closed || this.#retry !== undefined) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.start();
    }, RECONNECT_MS).unref();
  }

  #letGo(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.off('notification', this.#wake);
    client?.release(true);
  }
}
