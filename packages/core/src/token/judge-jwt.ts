import type { EnvironmentId, UserId } from '../ids.js';
import type { JwtClaims } from './jwt-verifier.js';

/** How far the clocks of two machines may differ. */
const CLOCK_TOLERANCE_MS = 60_000;
/** A JWT that was stolen must not be good for long. */
const MAX_LIFETIME_MS = 3_600_000;
const MAX_JTI_CHARACTERS = 256;

export interface JwtExpectations {
  readonly environmentId: EnvironmentId;
  /** Who registered the key that made the signature. */
  readonly userId: UserId;
  readonly audiences: readonly string[];
  readonly audienceRequired: boolean;
  readonly now: number;
}

export type JwtFaultReason =
  | 'issuer'
  | 'subject'
  | 'expiry-missing'
  | 'expired'
  | 'expiry-far'
  | 'not-before'
  | 'issued-at'
  | 'audience-missing'
  | 'audience'
  | 'jti';

/** Which claim was wrong. What was received is cut short: it is for a log. */
export interface JwtFault {
  readonly reason: JwtFaultReason;
  readonly expected: string;
  readonly received: string;
}

/** Judges the claims of a JWT whose signature was found good (RFC 7523 §3). Undefined: they are good too. */
export function judgeClaims(claims: JwtClaims, expected: JwtExpectations): JwtFault | undefined {
  const { environmentId, userId } = expected;
  if (claims['iss'] !== environmentId) return fault('issuer', environmentId, claims['iss']);
  if (claims['sub'] !== userId) return fault('subject', userId, claims['sub']);
  return judgeTimes(claims, expected.now) ?? judgeAudience(claims['aud'], expected) ?? judgeId(claims['jti']);
}

/** When a JWT stops being accepted, the tolerance included. Only for claims that were found good. */
export function acceptedUntil(claims: JwtClaims): number {
  return Math.ceil(Number(claims['exp']) * 1000) + CLOCK_TOLERANCE_MS;
}

function judgeTimes({ exp, nbf, iat }: JwtClaims, now: number): JwtFault | undefined {
  const [latest, earliest] = [now + MAX_LIFETIME_MS + CLOCK_TOLERANCE_MS, now - CLOCK_TOLERANCE_MS];
  if (!isTime(exp)) return fault('expiry-missing', 'a number of seconds', exp);
  if (exp * 1000 <= earliest) return fault('expired', `after ${inSeconds(earliest)}`, exp);
  if (exp * 1000 > latest) return fault('expiry-far', `at most ${inSeconds(latest)}`, exp);
  const soonest = now + CLOCK_TOLERANCE_MS;
  if (nbf !== undefined && !(isTime(nbf) && nbf * 1000 <= soonest)) {
    return fault('not-before', `at most ${inSeconds(soonest)}`, nbf);
  }
  if (iat !== undefined && !(isTime(iat) && iat * 1000 <= soonest)) {
    return fault('issued-at', `at most ${inSeconds(soonest)}`, iat);
  }
  return undefined;
}

function judgeAudience(
  audience: unknown,
  { audiences, audienceRequired }: JwtExpectations,
): JwtFault | undefined {
  const expected = audiences.join(' or ');
  if (audience === undefined) {
    return audienceRequired ? fault('audience-missing', expected, audience) : undefined;
  }
  const named: readonly unknown[] = Array.isArray(audience) ? audience : [audience];
  const ours = named.some((one) => typeof one === 'string' && audiences.includes(one));
  return ours ? undefined : fault('audience', expected, named.map(shown).join(', '));
}

function judgeId(jti: unknown): JwtFault | undefined {
  if (jti === undefined) return undefined;
  if (typeof jti === 'string' && jti !== '' && jti.length <= MAX_JTI_CHARACTERS) return undefined;
  return fault('jti', `a text of 1 to ${MAX_JTI_CHARACTERS} characters`, jti);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function inSeconds(milliseconds: number): string {
  return String(Math.floor(milliseconds / 1000));
}

function fault(reason: JwtFaultReason, expected: string, received: unknown): JwtFault {
  return { reason, expected, received: shown(received) };
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 128);
  return typeof value === 'number' ? String(value) : value === undefined ? 'none' : typeof value;
}
