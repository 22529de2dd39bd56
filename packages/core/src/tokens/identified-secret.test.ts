import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemRandom } from '../essentials.js';
import { idFromBytes, type SessionId } from '../ids.js';
import { KeyRing } from '../keys/key-ring.js';
import { sampleIds } from '../sample.test.support.js';
import { digestOf } from './digest.js';
import {
  formatIdentifiedSecret,
  mintIdentifiedSecret,
  parseIdentifiedSecret,
  SECRET_BYTES,
} from './identified-secret.js';
import { formatRefreshToken, parseRefreshToken, refreshTokenOf } from './refresh-token.js';

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('an identified secret', () => {
  it('says which row it names and the digest that the row must have', () => {
    fc.assert(
      fc.property(bytesOf(16), bytesOf(SECRET_BYTES), (idBytes, secret) => {
        const id = idFromBytes<SessionId>(Buffer.from(idBytes));
        const text = formatIdentifiedSecret('session', id, secret);
        expect(text).toMatch(/^fxs[0-9A-Za-z]{56}$/);
        expect(parseIdentifiedSecret('session', text)).toEqual({ id, digest: digestOf(secret) });
      }),
    );
  });

  it('is new each time, and what is stored is a digest of 192 random bits', () => {
    const [one, two] = [1, 2].map(() => mintIdentifiedSecret('code', sampleIds.grant, systemRandom));
    expect(one!.text).not.toBe(two!.text);
    expect(parseIdentifiedSecret('code', one!.text)?.digest).toEqual(one!.digest);
    expect(SECRET_BYTES * 8).toBeGreaterThanOrEqual(192);
  });

  it('altered in any one character is another secret, another row, or none at all', () => {
    const { text } = mintIdentifiedSecret('session', sampleIds.session, systemRandom);
    const original = parseIdentifiedSecret('session', text);
    const position = fc.nat({ max: text.length - 1 });
    fc.assert(
      fc.property(position, fc.constantFrom(...Array.from('0Az9-_ é')), (index, character) => {
        fc.pre(text[index] !== character);
        const altered = text.slice(0, index) + character + text.slice(index + 1);
        expect(parseIdentifiedSecret('session', altered)).not.toEqual(original);
      }),
    );
  });

  it('truncated, lengthened, with white space or under another name is none', () => {
    const { text } = mintIdentifiedSecret('session', sampleIds.session, systemRandom);
    for (let length = 0; length < text.length; length += 1) {
      expect(parseIdentifiedSecret('session', text.slice(0, length))).toBeUndefined();
    }
    const others = [
      `${text}0`,
      `${text}0000000`,
      ` ${text}`,
      `${text}\n`,
      text.toUpperCase(),
      `fxc${text.slice(3)}`,
    ];
    for (const other of others) expect(parseIdentifiedSecret('session', other)).toBeUndefined();
  });

  it('of one kind is never taken for another’s, nor for a refresh token', () => {
    const keyRing = new KeyRing([systemRandom.bytes(32)]);
    const secret = Buffer.from(systemRandom.bytes(SECRET_BYTES));
    const session = formatIdentifiedSecret('session', sampleIds.session, secret);
    const code = formatIdentifiedSecret('code', sampleIds.grant, secret);
    const refresh = formatRefreshToken(refreshTokenOf(sampleIds.grant, 1, secret), keyRing.signing);
    expect(parseIdentifiedSecret('code', session)).toBeUndefined();
    expect(parseIdentifiedSecret('session', code)).toBeUndefined();
    expect(parseIdentifiedSecret('flow', code)).toBeUndefined();
    expect(parseIdentifiedSecret('session', refresh)).toBeUndefined();
    expect(parseRefreshToken(session, keyRing)).toBeUndefined();
  });
});
