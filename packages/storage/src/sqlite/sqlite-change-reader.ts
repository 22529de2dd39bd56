import type { EnvironmentId } from '@fluxo/core';
import type { ChangeListener, ChangeReader } from '../cache/change-reader.js';
import type { ReadSnapshot } from './read-snapshot.js';
import type { Compiled, SqliteExecutor } from './sqlite-executor.js';

interface LoggedChange {
  readonly id: number;
  readonly environment_id: EnvironmentId;
}

/** Differs from what it was when another connection has committed since; our own commits don't count. */
const DATA_VERSION = 'PRAGMA data_version';
const LAST_ID = `SELECT coalesce(max(seq), 0) AS id FROM sqlite_sequence WHERE name = 'change_log'`;
const SINCE = `SELECT id, environment_id FROM change_log WHERE id > @after ORDER BY id LIMIT CAST(@limit AS INTEGER)`;

/** More at once are as good as all. */
const MAX_CHANGES = 1000;

/** Asks SQLite whether another process has committed, once for all that reads one snapshot. */
export class SqliteChangeReader implements ChangeReader {
  readonly #statements: {
    readonly version: { get(): unknown };
    readonly lastId: Compiled<{ readonly id: number }>;
    readonly since: Compiled<LoggedChange>;
  };
  readonly #snapshot: ReadSnapshot;
  readonly #listeners: ChangeListener[] = [];
  /** The snapshot that was asked about last. */
  #asked: number | undefined;
  #version: unknown;
  #readUpTo = 0;

  constructor(executor: SqliteExecutor, snapshot: ReadSnapshot) {
    this.#snapshot = snapshot;
    this.#statements = {
      version: executor.database.prepare(DATA_VERSION).pluck(),
      lastId: executor.compile(LAST_ID),
      since: executor.compile(SINCE),
    };
  }

  listen(listener: ChangeListener): void {
    this.#listeners.push(listener);
  }

  isTrusted(): boolean {
    try {
      const snapshot = this.#snapshot.enter();
      if (snapshot === this.#asked) return true;
      const version = this.#statements.version.get();
      if (version !== this.#version) {
        this.#readLog();
        this.#version = version;
      }
      this.#asked = snapshot;
      return true;
    } catch {
      // Whoever asked reads the database now, and hears what is wrong with it.
      return false;
    }
  }

  #readLog(): void {
    const changes = this.#statements.since.all({ after: this.#readUpTo, limit: MAX_CHANGES });
    const lastId = this.#statements.lastId.get({})?.id ?? 0;
    // Identifiers have no holes: fewer than were given out means that some are not in the log any more.
    const complete = lastId - this.#readUpTo === changes.length;
    const changed = new Set(changes.map((change) => change.environment_id));
    for (const listener of this.#listeners) {
      if (!complete) listener.missed();
      else if (changed.size > 0) listener.changed(changed);
    }
    this.#readUpTo = lastId;
  }
}
