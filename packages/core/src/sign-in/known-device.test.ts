import { describe, expect, it } from 'vitest';
import { systemRandom } from '../essentials.js';
import type { EnvironmentId, UserId } from '../ids.js';
import { KeyRing } from '../keys/key-ring.js';
import { NOW, sampleIds } from '../sample.test.support.js';
import { findKnownDevice, MOST_KNOWN_DEVICES, mintKnownDevice } from './known-device.js';

const [FIRST, SECOND] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const environmentId = sampleIds.environment;
const user = {
  ...{ id: sampleIds.user, username: 'ada', name: 'Ada', email: null, administrator: false },
  ...{ onlySingleSignOn: false },
  ...{ disabledAt: null, createdAt: NOW, lastActiveAt: NOW },
};
const account = { user, passwordHash: '$argon2id$one' };
const keyRing = new KeyRing([FIRST]);
const token = mintKnownDevice(account, environmentId, { keyRing, random: systemRandom });
const find = (tokens: readonly string[], of = account, at = { environmentId, keyRing }) =>
  findKnownDevice(tokens, of, at);

describe('a known device', () => {
  it('is found among others, and has a name that stays', () => {
    const other = mintKnownDevice(account, environmentId, { keyRing, random: systemRandom });
    expect(find([token])).toEqual(find(['', 'x', token]));
    expect(find([token])?.token).toBe(token);
    expect(find([other])?.id).not.toBe(find([token])?.id);
  });

  it('is still known under a key that verifies only', () => {
    expect(find([token], account, { environmentId, keyRing: new KeyRing([SECOND, FIRST]) })).toBeDefined();
    expect(find([token], account, { environmentId, keyRing: new KeyRing([SECOND]) })).toBeUndefined();
  });

  it('is a stranger to another user, in another environment, and after another password', () => {
    const elsewhere = '2'.repeat(32) as EnvironmentId;
    expect(find([token], { ...account, user: { ...user, id: '1'.repeat(32) as UserId } })).toBeUndefined();
    expect(find([token], account, { environmentId: elsewhere, keyRing })).toBeUndefined();
    expect(find([token], { ...account, passwordHash: '$argon2id$two' })).toBeUndefined();
  });

  it.each([token.toUpperCase(), token.slice(2), `${token}00`, `00${token.slice(2)}`, token.slice(0, 32)])(
    'nothing else is one: %j',
    (text) => {
      expect(find([text])).toBeUndefined();
    },
  );

  it('is not looked for in a list without end', () => {
    const many = Array.from({ length: MOST_KNOWN_DEVICES }, () => 'a'.repeat(96));
    expect(find([...many, token])).toBeUndefined();
  });
});
