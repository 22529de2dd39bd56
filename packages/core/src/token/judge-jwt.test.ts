import { describe, expect, it } from 'vitest';
import type { EnvironmentId, UserId } from '../ids.js';
import { acceptedUntil, judgeClaims, type JwtExpectations } from './judge-jwt.js';

const NOW = Date.UTC(2026, 10, 27, 7);
const NOW_S = NOW / 1000;
const EXPECTED: JwtExpectations = {
  environmentId: 'e'.repeat(32) as EnvironmentId,
  userId: 'a'.repeat(32) as UserId,
  audiences: ['https://acme.example', 'https://acme.example/oauth2/token'],
  audienceRequired: true,
  now: NOW,
};
const GOOD = {
  iss: EXPECTED.environmentId,
  sub: EXPECTED.userId,
  aud: EXPECTED.audiences[0],
  exp: NOW_S + 60,
};

const faultOf = (claims: Readonly<Record<string, unknown>>, expected: Partial<JwtExpectations> = {}) =>
  judgeClaims({ ...GOOD, ...claims }, { ...EXPECTED, ...expected })?.reason;

describe('the claims of a JWT', () => {
  it('are good when they name here, the key’s user, us and a near end, and nothing else is needed', () => {
    expect(faultOf({})).toBeUndefined();
    expect(faultOf({ aud: undefined }, { audienceRequired: false })).toBeUndefined();
  });

  it.each([
    ['exp', -60, 'expired'],
    ['exp', -59.999, undefined],
    ['exp', 3660, undefined],
    ['exp', 3660.001, 'expiry-far'],
    ['nbf', 60, undefined],
    ['nbf', 60.001, 'not-before'],
    ['iat', 60, undefined],
    ['iat', 60.001, 'issued-at'],
    ['iat', -86_400 * 3650, undefined],
  ])('%s of %d seconds from now is %s', (claim, seconds, reason) => {
    expect(faultOf({ [claim]: NOW_S + seconds })).toBe(reason);
  });

  it.each([
    [{ iss: 'E'.repeat(32) }, 'issuer'],
    [{ sub: undefined }, 'subject'],
    [{ exp: `${NOW_S + 60}` }, 'expiry-missing'],
    [{ exp: NaN }, 'expiry-missing'],
    [{ aud: undefined }, 'audience-missing'],
    [{ aud: [] }, 'audience'],
    [{ aud: ['https://evil.example', 7] }, 'audience'],
    [{ aud: 'https://acme.example.evil' }, 'audience'],
    [{ jti: 'x'.repeat(257) }, 'jti'],
    [{ jti: 'x'.repeat(256) }, undefined],
  ])('%j: %s', (claims, reason) => {
    expect(faultOf(claims)).toBe(reason);
  });

  it('a fault says what was expected and what came, cut short', () => {
    expect(judgeClaims({ ...GOOD, iss: 'x'.repeat(1000) }, EXPECTED)).toEqual({
      ...{ reason: 'issuer', expected: EXPECTED.environmentId, received: 'x'.repeat(128) },
    });
    const audiences = Array.from({ length: 100 }, () => 'https://evil.example');
    expect(judgeClaims({ ...GOOD, aud: audiences }, EXPECTED)?.received).toHaveLength(128);
    expect(judgeClaims({ ...GOOD, sub: { toString: 'x' } }, EXPECTED)?.received).toBe('object');
  });

  it('it is accepted to the last moment that its digest is remembered for', () => {
    const exp = NOW_S + 0.0005;
    const until = acceptedUntil({ exp });
    expect(faultOf({ exp }, { now: until })).toBe('expired');
    expect(faultOf({ exp }, { now: until - 1 })).toBeUndefined();
  });
});
