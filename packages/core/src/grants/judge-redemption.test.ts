import { describe, expect, it } from 'vitest';
import { NOW, sampleDigest, sampleIds } from '../sample.test.support.js';
import type { ClientId } from '../ids.js';
import type { Redemption } from './grant-store.js';
import { judgeRedemption, type RedemptionEvidence } from './judge-redemption.js';

const ROW: RedemptionEvidence = {
  clientId: sampleIds.client,
  codeDigest: sampleDigest('code'),
  codeExpiresAt: NOW + 1,
  redeemedAt: null,
  redirectUri: 'https://app.example.com/cb',
  redirectUriSent: true,
  codeChallenge: 'challenge',
  stands: true,
};
const USED = { ...ROW, redeemedAt: NOW };

const RIGHT: Redemption = {
  grantId: sampleIds.grant,
  clientId: sampleIds.client,
  codeDigest: sampleDigest('code'),
  redirectUri: ROW.redirectUri,
  codeChallenge: ROW.codeChallenge,
  refreshDigest: sampleDigest('refresh'),
  keyId: 'key',
  session: { id: sampleIds.session, digest: sampleDigest('session'), idleTimeoutMs: 1000 },
  policy: { rotation: false, absoluteDays: null, inactivityDays: null },
  now: NOW,
};

interface Case {
  readonly input?: Partial<Redemption>;
  readonly row?: Partial<RedemptionEvidence>;
}

const WRONG: readonly [string, Case, string][] = [
  ['another client', { input: { clientId: '0'.repeat(32) as ClientId } }, 'unknown'],
  ['another secret', { input: { codeDigest: sampleDigest('other') } }, 'unknown'],
  ['no redirect URL', { input: { redirectUri: null } }, 'redirect-uri-missing'],
  ['another redirect URL', { input: { redirectUri: 'https://app.example.com/CB' } }, 'redirect-uri-differs'],
  [
    'another redirect URL, none sent',
    { input: { redirectUri: 'x' }, row: { redirectUriSent: false } },
    'redirect-uri-differs',
  ],
  ['no verifier', { input: { codeChallenge: null } }, 'verifier-missing'],
  ['another verifier', { input: { codeChallenge: 'x' } }, 'verifier-differs'],
  ['a verifier without a challenge', { row: { codeChallenge: null } }, 'verifier-unexpected'],
  ['access that has ended', { row: { stands: false } }, 'ended'],
];

describe('why an exchange did not win', () => {
  it('is a replay when all is right and the code was used', () => {
    expect(judgeRedemption(USED, RIGHT)).toBe('replayed');
    expect(judgeRedemption({ ...USED, codeExpiresAt: NOW - 1 }, RIGHT)).toBe('replayed');
  });

  it('is no replay without the redirect URL where none was sent', () => {
    const row = { ...USED, redirectUriSent: false };
    expect(judgeRedemption(row, { ...RIGHT, redirectUri: null })).toBe('replayed');
    expect(judgeRedemption(row, RIGHT)).toBe('replayed');
  });

  it.each(WRONG)(
    'is %s, whether or not the code was used, and never a replay',
    (_name, { input, row }, reason) => {
      expect(judgeRedemption({ ...ROW, ...row }, { ...RIGHT, ...input })).toBe(reason);
      expect(judgeRedemption({ ...USED, ...row }, { ...RIGHT, ...input })).toBe(reason);
    },
  );

  it('is its age when the code was not used', () => {
    expect(judgeRedemption({ ...ROW, codeExpiresAt: NOW }, RIGHT)).toBe('code-expired');
  });

  it('is that nothing is there', () => {
    expect(judgeRedemption(undefined, RIGHT)).toBe('unknown');
  });
});
