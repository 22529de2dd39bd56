import type { Environment } from '../environments/environment.js';
import type { AnswerTarget } from './authorization-request.js';

/** Which environment answers: the dialect's `domain` and `lane`, and the issuer (RFC 9207). */
export interface Answerer {
  readonly environment: Environment;
  /** The environment's origin. */
  readonly issuer: string;
}

export function successUrl(target: AnswerTarget, code: string, answerer: Answerer): string {
  return answerUrl(target, [['code', code]], answerer);
}

/** RFC 6749 §4.1.2.1. */
export function errorUrl(
  target: AnswerTarget,
  error: { readonly code: string; readonly description: string },
  answerer: Answerer,
): string {
  return answerUrl(
    target,
    [
      ['error', error.code],
      ['error_description', toErrorDescription(error.description)],
    ],
    answerer,
  );
}

function answerUrl(
  target: AnswerTarget,
  answer: readonly (readonly [string, string])[],
  answerer: Answerer,
): string {
  const { environment, issuer } = answerer;
  const pairs = [...answer, ['domain', environment.domain] as const, ['lane', environment.lane] as const];
  // RFC 9207 §2: on success and on error alike, so that a client of several servers can't be mixed up.
  const query = [...pairs, ...(target.family === 'standard' ? [['iss', issuer] as const] : [])]
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .concat(target.state === null ? [] : [`state=${escapeUnsafe(target.state)}`])
    .join('&');
  // Put together as text: the registered URL, its query included, stays as it was written (RFC 6749 §3.1.2).
  return `${target.redirectUri}${target.redirectUri.includes('?') ? '&' : '?'}${query}`;
}

/** The same bytes again; only what may not stand in a URL at all gets its percent-encoding. */
function escapeUnsafe(raw: string): string {
  // An HTTP request line arrives as Latin-1: each character is one byte.
  return raw.replace(
    /[^\x21-\x7e]|["#<>\\^`{|}]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** RFC 6749 §5.2: printable ASCII without quote and backslash. */
function toErrorDescription(text: string): string {
  return text.replaceAll('’', "'").replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?');
}
