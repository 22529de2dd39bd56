import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HmacSha256 } from './hmac-sha256.js';

/** RFC 4231 §4.2 to §4.5: the cases whose key fits into a block. */
const VECTORS = [
  ['0b'.repeat(20), '4869205468657265', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    '4a656665',
    '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
  [
    '0102030405060708090a0b0c0d0e0f10111213141516171819',
    'cd'.repeat(50),
    '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  ],
] as const;

test.each(VECTORS)('the published case with the key %s', (key, message, expected) => {
  const mac = new HmacSha256(Buffer.from(key, 'hex'));
  expect(mac.digest([Buffer.from(message, 'hex')]).toString('hex')).toBe(expected);
});

test('is what Node says of the same, for every key and message, one after the other', () => {
  const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
  const messages = fc.array(fc.array(bytes(150), { maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(bytes(64), messages, (key, many) => {
      const mac = new HmacSha256(key);
      for (const parts of many) {
        const expected = createHmac('sha256', key).update(Buffer.concat(parts)).digest('hex');
        expect(mac.digest(parts).toString('hex')).toBe(expected);
      }
    }),
  );
});

test('a digest that was given out stays what it is when the next is made', () => {
  const mac = new HmacSha256(Buffer.alloc(32, 1));
  const first = mac.digest([Buffer.from('first')]);
  const text = first.toString('hex');
  mac.digest([Buffer.from('second')]);
  expect(first.toString('hex')).toBe(text);
});

test('a key that is longer than a block is refused', () => {
  expect(() => new HmacSha256(Buffer.alloc(65))).toThrow(RangeError);
});
