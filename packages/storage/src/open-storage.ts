import type { Acting, EnvironmentId, Essentials, Storage } from '@fluxo/core';
import type { EnvironmentPorts } from './environment-ports.js';
import { openPostgres } from './postgres/on-demand.js';
import { openSqlite } from './sqlite/open-sqlite.js';
import type { WriteObserver } from './write-observer.js';

/** Every port, whichever database keeps it. */
export interface DatabaseStorage extends Storage {
  forEnvironment(id: EnvironmentId, acting?: Acting): EnvironmentPorts;
}

export interface StorageOptions {
  /** `postgres://…`; undefined: SQLite in the folder. */
  readonly databaseUrl: string | undefined;
  readonly folder: string;
  readonly essentials: Pick<Essentials, 'clock' | 'random'>;
  /** `server`: answers requests. `tool`: a command line beside servers. */
  readonly role: 'server' | 'tool';
  /** Of PostgreSQL alone: how many connections at most, where several processes share them. */
  readonly maxConnections?: number;
  readonly observer?: WriteObserver;
}

/** @throws AlreadyServedError, NewerSchemaError, DatabaseSetupError, UnavailableError */
export function openStorage({ databaseUrl, folder, ...options }: StorageOptions): Promise<DatabaseStorage> {
  return databaseUrl === undefined
    ? openSqlite({ ...options, folder })
    : openPostgres({ ...options, url: databaseUrl });
}
