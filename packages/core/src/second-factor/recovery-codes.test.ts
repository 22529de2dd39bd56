import { describe, expect, it } from 'vitest';
import { systemRandom } from '../essentials.js';
import { sampleIds } from '../sample.test.support.js';
import type { UserId } from '../ids.js';
import { mintRecoveryCodes, parseRecoveryCode, recoveryDigest } from './recovery-codes.js';

describe('recovery codes', () => {
  it('are ten, all different, of 80 bits in letters and digits that nobody mistakes', () => {
    const { texts, digests } = mintRecoveryCodes(sampleIds.user, systemRandom);
    expect(new Set(texts).size).toBe(10);
    for (const [index, text] of texts.entries()) {
      expect(text).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
      expect(recoveryDigest(sampleIds.user, parseRecoveryCode(text) ?? '')).toEqual(digests[index]);
    }
  });

  it.each([
    ['k3mq-90ab-w7xz-5fh2', 'k3mq90abw7xz5fh2'],
    ['  K3MQ 90AB W7XZ 5FH2 ', 'k3mq90abw7xz5fh2'],
    ['k3mq-9Oab-w7xz-5fhI', 'k3mq90abw7xz5fh1'],
  ])('%j is read as it was meant', (typed, code) => {
    expect(parseRecoveryCode(typed)).toBe(code);
  });

  it.each(['', '123456', 'k3mq-90ab-w7xz', 'k3mq-90ab-w7xz-5fhu', 'k3mq-90ab-w7xz-5fh22'])(
    '%j is none',
    (typed) => {
      expect(parseRecoveryCode(typed)).toBeUndefined();
    },
  );

  it('the same code of another user has another digest', () => {
    const other = '0'.repeat(32) as UserId;
    expect(recoveryDigest(other, 'k3mq90abw7xz5fh2')).not.toEqual(
      recoveryDigest(sampleIds.user, 'k3mq90abw7xz5fh2'),
    );
  });
});
