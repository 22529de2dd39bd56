import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../errors/oauth-error.js';
import { explainMismatch } from './redirect-mismatch.js';
import { checkRedirectUrl, matchesRegistered } from './redirect-url.js';

const pieces = fc.constantFrom(
  ...[
    'https://',
    'http://',
    'app.example',
    '127.0.0.1',
    '[::1]',
    'localhost',
    ':',
    '8080',
    '/',
    '//',
    '..',
    '%2e',
  ],
  ...[
    '?',
    '#',
    '@',
    '*',
    '\\',
    'code=1',
    'a=b',
    '&',
    ' ',
    'é',
    '\0',
    'com.example.app:',
    'javascript:',
    'CB',
    '.',
  ],
);
const urls = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
  fc.webUrl({ withQueryParameters: true }),
);
const good = fc.webUrl({ validSchemes: ['https'] }).filter((url) => new URL(url).href === url);
const rules = fc.record({
  kind: fc.constantFrom('web' as const, 'spa' as const),
  isOwnHost: fc.constant(() => false),
});

function refusalOf(url: string, rule: Parameters<typeof checkRedirectUrl>[1]): string | undefined {
  try {
    // Kept as it was written: later it is compared character for character.
    expect(checkRedirectUrl(url, rule)).toBe(url);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }
}

describe('a redirect URL, whatever it is,', () => {
  it('is taken as it is or refused with a reason, twice the same; what is taken leads where it seems to', () => {
    fc.assert(
      fc.property(urls, rules, (url, rule) => {
        const refusal = refusalOf(url, rule);
        expect(refusalOf(url, rule)).toBe(refusal);
        if (refusal !== undefined) return;
        const { href, hash, username, protocol, searchParams } = new URL(url);
        expect([url, `${url}/`]).toContain(href);
        expect([hash, username]).toEqual(['', '']);
        expect(protocol).not.toMatch(/^(?:javascript|data|file|blob|ftp):$/);
        expect(searchParams.has('code') || searchParams.has('state')).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('matches itself and nothing that differs in any character, off loopback', () => {
    fc.assert(
      fc.property(good, fc.nat(), fc.constantFrom(...Array.from('aZ0/.%?#@\\ :é')), (url, at, character) => {
        expect(matchesRegistered(url, url)).toBe(true);
        const index = at % url.length;
        const altered = url.slice(0, index) + character + url.slice(index + 1);
        expect(matchesRegistered(altered, url)).toBe(altered === url);
        expect(matchesRegistered(url + character, url)).toBe(false);
      }),
    );
  });

  it('on a loopback address may have any port that is one, and no other difference', () => {
    const hosts = fc.constantFrom('127.0.0.1', '[::1]');
    const ports = fc.integer({ min: 1, max: 65_535 });
    fc.assert(
      fc.property(hosts, ports, ports, (host, one, two) => {
        const registered = `http://${host}:${one}/cb?a=1`;
        expect(matchesRegistered(`http://${host}:${two}/cb?a=1`, registered)).toBe(true);
        expect(matchesRegistered(`http://${host}/cb?a=1`, registered)).toBe(true);
        for (const other of [`http://${host}:${two}/cb?a=2`, `https://${host}:${two}/cb?a=1`]) {
          expect(matchesRegistered(other, registered)).toBe(false);
        }
        for (const port of [0, 65_536, 99_999]) {
          expect(matchesRegistered(`http://${host}:${port}/cb?a=1`, registered)).toBe(false);
        }
        expect(matchesRegistered(`http://localhost:${two}/cb`, `http://localhost:${one}/cb`)).toBe(
          one === two,
        );
      }),
    );
  });

  it('is matched and explained without ever throwing, and the explanation has nothing of a registered one', () => {
    fc.assert(
      fc.property(urls, fc.array(urls, { maxLength: 3 }), (received, registered) => {
        for (const one of registered) matchesRegistered(received, one);
        const { received: echoed, hint, position, ...rest } = explainMismatch(received, registered);
        expect(echoed).toBe(received);
        expect(rest).toEqual({});
        expect(hint).toMatch(/^[a-z-]+$/);
        // A position is told only to who knows scheme, host and port already.
        if (position === undefined) return;
        const { protocol, host } = new URL(received);
        const known = registered.filter((one) => URL.canParse(one)).map((one) => new URL(one));
        expect(known.some((one) => one.protocol === protocol && one.host === host)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
