import { UnavailableError } from '@fluxo/core';
import pg from 'pg';

/** What only a mistake of our own brings about: data that doesn't fit, a broken rule, a wrong statement or right. */
const OWN_MISTAKE = /^(?:0A|21|22|23|42)/;

/** The connection never came about, so nothing was asked of the database. */
const NEVER_ASKED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);

/** Two transactions waited for each other, and this one gave way: the same again will do. */
const GAVE_WAY = new Set(['40001', '40P01']);

/** The server goes down, or starts, or is no primary any more: what was asked may have been done. */
const CUT_OFF = /^(?:08|57P0|25006)/;

/** No connection, though a host answered: nothing was asked of it. */
export class ReadOnlyError extends Error {}

/** What pg says without a code: it waited in vain for a connection, or the connection ended under it. */
const NOT_CONNECTED =
  /timeout exceeded when trying to connect|Connection terminated due to connection timeout/;
const LOST = /Connection terminated|Query read timeout|Client has encountered a connection error/;

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

export function gaveWay(error: unknown): boolean {
  return error instanceof pg.DatabaseError && GAVE_WAY.has(error.code ?? '');
}

/** Whether the connection is of no more use. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) return CUT_OFF.test(error.code ?? '');
  // Of the operating system: what Node itself objects to begins with ERR_ and is a mistake of ours.
  return /^E(?!RR_)/.test(codeOf(error) ?? '') || LOST.test(error.message) || error instanceof ReadOnlyError;
}

/** Whether nobody can say if the transaction was committed: the answer was lost with the connection. */
export function isUncertain(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof ReadOnlyError || !isConnectionLost(error)) return false;
  return !NEVER_ASKED.has(codeOf(error) ?? '') && !NOT_CONNECTED.test(error.message);
}

/** Whatever the database can't do is "away, try again" to the outside; a mistake of our own stays what it is. */
export function toUnavailable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('Something that is no error was thrown.', { cause: error });
  if (error instanceof pg.DatabaseError) {
    if (OWN_MISTAKE.test(error.code ?? '')) return error;
  } else if (!isConnectionLost(error) && !NOT_CONNECTED.test(error.message)) return error;
  return new UnavailableError(`The database is away (${codeOf(error) ?? 'no answer'}): ${error.message}`, {
    cause: error,
  });
}
