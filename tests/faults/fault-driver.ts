import { randomBytes } from 'node:crypto';
import { PostgresServer } from '../../packages/storage/src/contract/postgres-server.js';

/** One database under faults. What belongs to a single one (its files, its processes) has suites of its own. */
export interface FaultDriver {
  readonly name: string;
  /** The settings of a server on a fresh database. */
  prepare(): Promise<Readonly<Record<string, string>>>;
  remove(): Promise<void>;
}

export const sqliteFaults: FaultDriver = {
  name: 'SQLite',
  prepare: () => Promise.resolve({}),
  remove: () => Promise.resolve(),
};

export function postgresFaults(): FaultDriver {
  let postgres: PostgresServer | undefined;
  return {
    name: 'PostgreSQL',
    prepare: async () => {
      postgres = await PostgresServer.start();
      return postgresSettings(await postgres.createDatabase());
    },
    remove: async () => postgres?.stop(),
  };
}

export function postgresSettings(url: string): Readonly<Record<string, string>> {
  return { FLUXO_DATABASE_URL: url, FLUXO_SECRET_KEYS: randomBytes(32).toString('base64') };
}
