import { describe, expect, it } from 'vitest';
import { systemRandom } from '../essentials.js';
import type { EnvironmentId, UserId } from '../ids.js';
import { KeyRing } from '../keys/key-ring.js';
import { NOW, sampleIds } from '../sample.test.support.js';
import { SEED_BYTES } from './one-time-codes.js';
import { openSeed, openSetup, sealSeed, sealSetup, type SeedOwner } from './seal-seed.js';

const [FIRST, SECOND] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const keys = (...secrets: readonly Buffer[]) => ({ keyRing: new KeyRing(secrets), random: systemRandom });
const owner: SeedOwner = { environmentId: sampleIds.environment, userId: sampleIds.user };
const others: readonly SeedOwner[] = [
  { ...owner, userId: '1'.repeat(32) as UserId },
  { ...owner, environmentId: '2'.repeat(32) as EnvironmentId },
];
const seed = Buffer.alloc(SEED_BYTES, 7);
const MINUTE_MS = 60_000;

describe('a sealed seed', () => {
  it('opens for its own user, and holds nothing of the seed', () => {
    const sealed = sealSeed(seed, owner, keys(FIRST));
    expect(openSeed(sealed, owner, keys(FIRST))).toEqual(seed);
    expect(Buffer.from(sealed.bytes).includes(seed.subarray(0, 4))).toBe(false);
    expect(sealSeed(seed, owner, keys(FIRST)).bytes).not.toEqual(sealed.bytes);
  });

  it('opens under a key that verifies only, and not once the key is gone', () => {
    const sealed = sealSeed(seed, owner, keys(FIRST));
    expect(openSeed(sealed, owner, keys(SECOND, FIRST))).toEqual(seed);
    expect(openSeed(sealed, owner, keys(SECOND))).toBeUndefined();
  });

  it('is worth nothing in another user’s row, in another environment, or altered', () => {
    const sealed = sealSeed(seed, owner, keys(FIRST));
    for (const other of others) expect(openSeed(sealed, other, keys(FIRST))).toBeUndefined();
    for (let index = 0; index < sealed.bytes.byteLength; index += 1) {
      const altered = Buffer.from(sealed.bytes);
      altered.writeUInt8(altered.readUInt8(index) ^ 1, index);
      expect(openSeed({ ...sealed, bytes: altered }, owner, keys(FIRST))).toBeUndefined();
    }
    expect(openSeed({ ...sealed, bytes: sealed.bytes.subarray(0, 20) }, owner, keys(FIRST))).toBeUndefined();
  });
});

describe('a setup on its way through a form', () => {
  const token = sealSetup(seed, owner, { ...keys(FIRST), now: NOW });

  it('is letters and digits, good for a quarter of an hour, for its own user', () => {
    expect(token).toMatch(/^[0-9a-f]+$/);
    const open = (at: number, by = owner) => openSetup(token, by, { ...keys(SECOND, FIRST), now: at });
    expect(open(NOW + 14 * MINUTE_MS)).toEqual(seed);
    expect(open(NOW + 15 * MINUTE_MS)).toBeUndefined();
    for (const other of others) expect(open(NOW, other)).toBeUndefined();
  });

  it('is no sealed seed, nor the other way round', () => {
    const sealed = sealSeed(seed, owner, keys(FIRST));
    const asSetup = sealed.keyId + Buffer.from(sealed.bytes).toString('hex');
    expect(openSetup(asSetup, owner, { ...keys(FIRST), now: NOW })).toBeUndefined();
    const bytes = Buffer.from(token.slice(16), 'hex');
    expect(openSeed({ keyId: token.slice(0, 16), bytes }, owner, keys(FIRST))).toBeUndefined();
  });

  it.each(['', 'zz', token.slice(0, 16), token.slice(0, -2), `${token}00`, token.toUpperCase(), `${token}z`])(
    'nothing else is taken: %j',
    (text) => {
      expect(openSetup(text, owner, { ...keys(FIRST), now: NOW })).toBeUndefined();
    },
  );
});
