import { afterAll, beforeAll } from 'vitest';
import { PostgresServer } from './postgres-server.js';

/** A PostgreSQL for the tests of one file, there from its first hook to its last. */
export class PostgresOfSuite {
  #started: { readonly server: PostgresServer; readonly url: string } | undefined;

  /** To be called while the file is read. Where all of its tests are left out (`-t`), nothing starts and nothing stays behind. */
  constructor() {
    beforeAll(async () => {
      const server = await PostgresServer.start();
      this.#started = { server, url: await server.createDatabase() };
    });
    afterAll(() => this.#started?.server.stop());
  }

  get server(): PostgresServer {
    return this.#running().server;
  }

  /** Of a database that was empty at first. */
  get url(): string {
    return this.#running().url;
  }

  /** In that database, as the cluster's administrator. */
  query(statement: string): Promise<readonly Record<string, unknown>[]> {
    return this.server.query(statement, new URL(this.url).pathname.slice(1));
  }

  #running() {
    if (this.#started === undefined) throw new Error('PostgreSQL starts with the first hook.');
    return this.#started;
  }
}
