import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainMismatch } from './redirect-mismatch.js';

const REGISTERED = ['https://app.example.com/oauth/callback?tenant=7', 'https://other.example.net/cb'];
const FIRST = 'https://app.example.com/oauth/callback?tenant=7';

describe('explaining a redirect URL that does not match', () => {
  it.each([
    ['callback', 'not-a-url'],
    ['https://evil.example/oauth/callback?tenant=7', 'host'],
    ['https://app.example.com.evil.example/oauth/callback?tenant=7', 'host'],
    ['https://app.example.com@evil.example/oauth/callback?tenant=7', 'host'],
    ['http://app.example.com/oauth/callback?tenant=7', 'scheme'],
    ['https://app.example.com:8443/oauth/callback?tenant=7', 'port'],
    ['https://app.example.com/OAuth/callback?tenant=7', 'letter-case'],
    ['https://app.example.com/oauth/callback?tenant=7/', 'trailing-slash'],
    ['https://app.example.com/oauth/callback?tenant=7#x', 'fragment'],
    ['https://app.example.com/oauth/callbak?tenant=7', 'path'],
    ['https://app.example.com/oauth/callback?tenant=8', 'query'],
    ['https://app.example.com/oauth/callback', 'query'],
  ])('%s: %s', (received, hint) => {
    expect(explainMismatch(received, REGISTERED)).toMatchObject({ received, hint });
  });

  it('a slash that is missing is named too', () => {
    const mismatch = explainMismatch('https://app.example.com/cb', ['https://app.example.com/cb/']);
    expect(mismatch).toEqual({
      received: 'https://app.example.com/cb',
      hint: 'trailing-slash',
      position: 27,
    });
  });

  it('says the first character that differs, counted from one', () => {
    const received = 'https://app.example.com/oauth/callbak?tenant=7';
    const { position } = explainMismatch(received, REGISTERED);
    expect(received.slice(0, (position ?? 0) - 1)).toBe('https://app.example.com/oauth/callba');
  });

  it('says no position unless scheme, host and port are a registered URL’s', () => {
    for (const received of [
      'https://evil.example/x',
      'http://app.example.com/x',
      'https://app.example.com:1/x',
    ]) {
      expect(explainMismatch(received, REGISTERED)).not.toHaveProperty('position');
    }
  });

  it('tells a stranger nothing of a registered URL: all text in the answer is what was received', () => {
    const candidates = fc.oneof(
      fc.webUrl({ withQueryParameters: true }),
      fc.string(),
      fc.nat({ max: FIRST.length }).map((length) => FIRST.slice(0, length)),
      fc
        .tuple(fc.nat({ max: FIRST.length }), fc.string())
        .map(([length, end]) => FIRST.slice(0, length) + end),
    );
    fc.assert(
      fc.property(candidates, (received) => {
        const mismatch = explainMismatch(received, REGISTERED);
        expect(mismatch.received).toBe(received);
        expect(mismatch.hint).toMatch(/^[a-z-]+$/);
        expect(
          Object.keys(mismatch).filter((key) => !['received', 'hint', 'position'].includes(key)),
        ).toEqual([]);
        expect(mismatch.position ?? 1).toBeLessThanOrEqual(received.length + 1);
      }),
    );
  });

  it('without a registered URL it is the host that differs', () => {
    expect(explainMismatch('https://app.example.com/cb', [])).toEqual({
      received: 'https://app.example.com/cb',
      hint: 'host',
    });
  });
});
