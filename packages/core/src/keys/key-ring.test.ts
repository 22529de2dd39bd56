import { describe, expect, it } from 'vitest';
import { KeyRing, RingKey } from './key-ring.js';

const [FIRST, SECOND] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

describe('the key ring', () => {
  it('signs with the first key and finds all by their identifiers', () => {
    const ring = new KeyRing([FIRST, SECOND]);
    expect(ring.signing.id).toBe(new RingKey(FIRST).id);
    for (const key of ring.all) expect(ring.find(key.id)).toBe(key);
    expect(ring.find(new RingKey(Buffer.alloc(32, 3)).id)).toBeUndefined();
  });

  it('needs a key, and each of at least 32 bytes', () => {
    expect(() => new KeyRing([])).toThrow(RangeError);
    expect(() => new KeyRing([FIRST, Buffer.alloc(31)])).toThrow('at least 32 bytes');
  });

  it('a key’s identifier holds no part of the key', () => {
    const secret = Buffer.from('0123456789abcdef0123456789abcdef');
    const { id } = new RingKey(secret);
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(secret.toString('hex')).not.toContain(id);
  });

  it('a MAC made for one purpose, with one key, of one message proves nothing else', () => {
    const [key, other] = [new RingKey(FIRST), new RingKey(SECOND)];
    const message = Buffer.from('message');
    const macs = [
      key.mac('refresh-tag', message),
      key.mac('refresh-successor', message),
      key.mac('session-successor', message),
      key.mac('form-token', message),
      other.mac('refresh-tag', message),
      key.mac('refresh-tag', Buffer.from('messagf')),
    ].map((mac) => mac.toString('hex'));
    expect(new Set(macs).size).toBe(macs.length);
    expect(new RingKey(FIRST).mac('refresh-tag', message).toString('hex')).toBe(macs[0]);
  });
});
