import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemRandom } from '../essentials.js';
import { idFromBytes, type GrantId, type SessionId } from '../ids.js';
import { KeyRing } from '../keys/key-ring.js';
import { sampleIds } from '../sample.test.support.js';
import { SECRET_BYTES } from './identified-secret.js';
import {
  formatRefreshToken,
  parseRefreshToken,
  refreshTokenOf,
  successorOf,
  successorSessionSecret,
  type RefreshToken,
} from './refresh-token.js';

const OLD_KEY = Buffer.alloc(32, 1);
const NEW_KEY = Buffer.alloc(32, 2);
const ring = new KeyRing([NEW_KEY, OLD_KEY]);
const { signing } = ring;

const bytesOf = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes));
const tokens = fc
  .tuple(bytesOf(16), fc.integer({ min: 1, max: 0xffff_ffff }), bytesOf(SECRET_BYTES))
  .map(([id, generation, secret]) => refreshTokenOf(idFromBytes(id), generation, secret));

function someToken(): RefreshToken {
  return refreshTokenOf(sampleIds.grant, 3, systemRandom.bytes(SECRET_BYTES));
}

describe('a refresh token', () => {
  it('says grant, generation and secret again', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const text = formatRefreshToken(token, signing);
        expect(text).toMatch(/^fxr[0-9A-Za-z]{84}$/);
        expect(parseRefreshToken(text, ring)).toEqual(token);
      }),
    );
  });

  it('altered in any one character is none', () => {
    const text = formatRefreshToken(someToken(), signing);
    fc.assert(
      fc.property(
        fc.nat({ max: text.length - 1 }),
        fc.constantFrom(...Array.from('0Az9-é')),
        (index, character) => {
          fc.pre(text[index] !== character);
          const altered = text.slice(0, index) + character + text.slice(index + 1);
          expect(parseRefreshToken(altered, ring)).toBeUndefined();
        },
      ),
    );
  });

  it('truncated, lengthened or with white space is none', () => {
    const text = formatRefreshToken(someToken(), signing);
    for (let length = 0; length < text.length; length += 1) {
      expect(parseRefreshToken(text.slice(0, length), ring)).toBeUndefined();
    }
    for (const other of [`${text}0000000`, ` ${text}`, `${text} `]) {
      expect(parseRefreshToken(other, ring)).toBeUndefined();
    }
  });

  it('of another key ring is none; of an older key of this ring it is one', () => {
    const token = someToken();
    const text = formatRefreshToken(token, new KeyRing([OLD_KEY]).signing);
    expect(parseRefreshToken(text, ring)).toEqual(token);
    expect(parseRefreshToken(text, new KeyRing([NEW_KEY]))).toBeUndefined();
  });
});

describe('a successor', () => {
  it('follows from the token and the key alone: any node makes the same one', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        fc.pre(token.generation < 0xffff_ffff);
        const other = new KeyRing([NEW_KEY]).signing;
        expect(successorOf(token, signing)).toEqual(successorOf(token, other));
        expect(successorOf(token, signing)).toMatchObject({
          grantId: token.grantId,
          generation: token.generation + 1,
        });
        expect(successorOf(token, signing).secret).toHaveLength(SECRET_BYTES);
      }),
    );
  });

  it('is another one for another key, grant, generation or secret', () => {
    const token = someToken();
    const secrets = [
      successorOf(token, signing),
      successorOf(token, new KeyRing([OLD_KEY]).signing),
      successorOf(refreshTokenOf(token.grantId, 4, token.secret), signing),
      successorOf(refreshTokenOf('0'.repeat(32) as GrantId, 3, token.secret), signing),
      successorOf(refreshTokenOf(token.grantId, 3, Buffer.alloc(SECRET_BYTES)), signing),
    ].map(({ secret }) => secret.toString('hex'));
    expect(new Set([...secrets, token.secret.toString('hex')]).size).toBe(6);
  });

  it('and its session have secrets of their own, each session another', () => {
    const token = someToken();
    const other = '0'.repeat(32) as SessionId;
    const secrets = [
      successorOf(token, signing).secret,
      successorSessionSecret(token, sampleIds.session, signing),
      successorSessionSecret(token, other, signing),
    ].map((secret) => secret.toString('hex'));
    expect(new Set(secrets).size).toBe(3);
    expect(successorSessionSecret(token, other, signing).toString('hex')).toBe(secrets[2]);
  });
});
