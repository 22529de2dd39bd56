import type { FastifyRequest } from 'fastify';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBrowserCookie, readSessionCookie } from './cookies.js';

const requestWith = (cookie: string | undefined) => ({ headers: { cookie } }) as unknown as FastifyRequest;
const read = (cookie: string, secure = false): string | undefined =>
  readSessionCookie(requestWith(cookie), secure);
const values = fc.stringMatching(/^[0-9A-Za-z]{1,60}$/);
const others = fc.array(
  fc.tuple(fc.stringMatching(/^[a-z_-]{1,10}$/), fc.stringMatching(/^[!-:<-~]{0,10}$/)),
  { maxLength: 5 },
);
const join = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${name}=${value}`).join('; ');

describe('reading a cookie', () => {
  it('throws nothing, whatever the header is, and gives no more than stands in it', () => {
    const pieces = fc.constantFrom(
      'fluxo-session',
      '__Host-fluxo-session',
      '=',
      ';',
      ' ',
      ',',
      '"',
      '\0',
      'a',
      'é',
    );
    const header = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(header, fc.boolean(), (cookie, secure) => {
        const value = read(cookie, secure);
        if (value === undefined) return;
        expect(value).not.toBe('');
        expect(cookie).toContain(`${secure ? '__Host-' : ''}fluxo-session=${value}`);
      }),
    );
    expect(readSessionCookie(requestWith(undefined), true)).toBeUndefined();
  });

  it('finds its own among any others, wherever it stands', () => {
    fc.assert(
      fc.property(others, others, values, (before, after, value) => {
        expect(read(join([...before, ['fluxo-session', value], ...after]))).toBe(value);
      }),
    );
  });

  it('counts none when two came, equal or not: somebody planted one', () => {
    fc.assert(
      fc.property(others, values, values, (between, one, two) => {
        const cookie = join([['fluxo-session', one], ...between, ['fluxo-session', two]]);
        expect(read(cookie)).toBeUndefined();
      }),
    );
  });

  it('is never another’s: not the browser’s, not the one of the other scheme, not one that begins alike', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(readBrowserCookie(requestWith(`fluxo-session=${value}`), false)).toBeUndefined();
        expect(read(`fluxo-session=${value}`, true)).toBeUndefined();
        expect(read(`__Host-fluxo-session=${value}`, false)).toBeUndefined();
        expect(read(`fluxo-session2=${value}; xfluxo-session=${value}`)).toBeUndefined();
      }),
    );
  });
});
