import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase62, encodeBase62 } from './base62.js';

const chunks = fc
  .array(fc.uint8Array({ minLength: 5, maxLength: 5 }), { maxLength: 12 })
  .map((parts) => Buffer.concat(parts));

describe('base62', () => {
  it('gives back what was put in, as letters and digits only', () => {
    fc.assert(
      fc.property(chunks, (bytes) => {
        const text = encodeBase62(bytes);
        expect(text).toMatch(/^[0-9A-Za-z]*$/);
        expect(decodeBase62(text)).toEqual(bytes);
      }),
    );
  });

  it('is canonical: whatever can be read is written the same way again', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('0123456789AZaz')), maxLength: 21 });
    fc.assert(
      fc.property(text, (candidate) => {
        const bytes = decodeBase62(candidate);
        if (bytes !== undefined) expect(encodeBase62(bytes)).toBe(candidate);
      }),
    );
  });

  it('never throws, whatever it is given to read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(() => decodeBase62(text)).not.toThrow();
      }),
    );
  });

  it.each([
    ['the largest chunk', encodeBase62(Buffer.alloc(5, 0xff)), true],
    ['one beyond the largest chunk', 'zzzzzzz', false],
    ['a length that no bytes have', '000000', false],
    ['a character that is no digit', '000-000', false],
    ['a character beyond ASCII', '00000é0', false],
    ['white space', '000000 ', false],
  ])('%s is read: %s → %s', (_name, text, read) => {
    expect(decodeBase62(text) !== undefined).toBe(read);
  });

  it('writes only whole chunks', () => {
    expect(() => encodeBase62(Buffer.alloc(4))).toThrow(RangeError);
  });
});
