import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { isBusy } from './sqlite-errors.js';

/** Another server has the data directory; the message says what to do. */
export class AlreadyServedError extends Error {
  constructor(folder: string) {
    super(
      `Another Fluxo server is running on ${folder}. Stop it first, or start this one with another --data folder; ` +
        'several servers on one database need PostgreSQL.',
    );
    this.name = 'AlreadyServedError';
  }
}

/**
 * Held for as long as the server runs. The lock is the operating system's on an empty SQLite file, so a
 * killed server leaves nothing behind that anybody would have to remove.
 * @returns lets go of the lock. @throws AlreadyServedError
 */
export function lockForServer(folder: string): () => void {
  const lock = new SqliteDatabase(join(folder, 'server.lock'), { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw isBusy(error) ? new AlreadyServedError(folder) : error;
  }
  return () => lock.close();
}
