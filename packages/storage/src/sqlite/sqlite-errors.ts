import SqliteDatabase from 'better-sqlite3';
import { UnavailableError } from '@fluxo/core';

export function isBusy(error: unknown): boolean {
  return error instanceof SqliteDatabase.SqliteError && /^SQLITE_(?:BUSY|LOCKED)/.test(error.code);
}

/** What only a mistake of our own brings about: a broken rule of the schema, a statement that is none. */
const OWN_MISTAKE = /^SQLITE_(?:CONSTRAINT|ERROR|MISMATCH|RANGE|MISUSE)/;

/** Whatever the database can't do is "away, try again" to the outside; a mistake of our own stays what it is. */
export function toUnavailable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('Something that is no error was thrown.', { cause: error });
  if (!(error instanceof SqliteDatabase.SqliteError) || OWN_MISTAKE.test(error.code)) return error;
  return new UnavailableError(`The database refused (${error.code}): ${error.message}`, { cause: error });
}
