import { UnavailableError } from '@fluxo/core';
import postgres from 'postgres';

/** What only a mistake of our own brings about: data that doesn't fit, a broken rule, a wrong statement or right. */
const OWN_MISTAKE = /^(?:0A|21|22|23|42)/;

/** The connection never came about, so nothing was asked of the database. */
const NEVER_ASKED = new Set([
  'ECONNREFUSED',
  'CONNECT_TIMEOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'CONNECTION_ENDED',
]);

/** Two transactions waited for each other, and this one gave way: the same again will do. */
const GAVE_WAY = new Set(['40001', '40P01']);

/** The server goes down, or a proxy in between does: what was asked may have been done. */
const CUT_OFF = /^(?:08|57P0[1-4])/;

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

export function gaveWay(error: unknown): boolean {
  return error instanceof postgres.PostgresError && GAVE_WAY.has(error.code);
}

/** Whether nobody can say if the transaction was committed: the answer was lost with the connection. */
export function isUncertain(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return error instanceof DeadlineError;
  if (error instanceof postgres.PostgresError) return CUT_OFF.test(code);
  return !NEVER_ASKED.has(code);
}

/** The database said nothing for too long. */
export class DeadlineError extends Error {}

/** Whatever the database can't do is "away, try again" to the outside; a mistake of our own stays what it is. */
export function toUnavailable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('Something that is no error was thrown.', { cause: error });
  if (error instanceof DeadlineError)
    return new UnavailableError('The database did not answer in time.', { cause: error });
  const code = codeOf(error);
  if (code === undefined) return error;
  if (error instanceof postgres.PostgresError && OWN_MISTAKE.test(code)) return error;
  return new UnavailableError(`The database is away (${code}): ${error.message}`, { cause: error });
}
