import { describe, expect, it } from 'vitest';
import { InputError } from '../errors/oauth-error.js';
import { checkRedirectUrl, matchesRegistered, redirectOrigin } from './redirect-url.js';

const isOwnHost = (url: URL): boolean => url.hostname.endsWith('.fluxo.example');

function refusal(text: string, kind: 'web' | 'spa' = 'web'): string {
  try {
    checkRedirectUrl(text, { kind, isOwnHost });
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error instanceof Error ? error.message : '';
  }
  return 'accepted';
}

describe('registering a redirect URL', () => {
  it.each([
    'https://app.example.com/callback',
    'https://app.example.com',
    'https://app.example.com/',
    'https://app.example.com:8443/cb?tenant=7&x=%20',
    'https://xn--bcher-kva.example/cb',
    'https://user.example.com/@me',
    'http://localhost/cb',
    'http://localhost:3000/cb',
    'http://127.0.0.1:8080/cb',
    'http://[::1]/cb',
    'https://app.example.com/cb?statement=1&codec=2&domains=3&mistake=4',
  ])('takes %s as it is written', (text) => {
    expect(checkRedirectUrl(text, { kind: 'web', isOwnHost })).toBe(text);
  });

  it.each(['com.example.app:/cb', 'com.example.app://oauth/cb', 'https://spa.example.com/cb'])(
    'takes %s of a spa',
    (text) => {
      expect(checkRedirectUrl(text, { kind: 'spa', isOwnHost })).toBe(text);
    },
  );

  it.each([
    ['', 'blanks'],
    ['callback', 'not an absolute URL'],
    ['//app.example.com/cb', 'not an absolute URL'],
    ['https://', 'not an absolute URL'],
    ['https://app.example.com/c b', 'blanks'],
    [' https://app.example.com/cb', 'blanks'],
    ['https://app.example.com/cb\n', 'blanks'],
    ['https://bücher.example/cb', 'non-ASCII'],
    ['https://app.example.com/*', 'wildcard'],
    ['https://*.example.com/cb', 'wildcard'],
    ['https://app.example.com\\@evil.example', 'backslash'],
    ['https://app.example.com/cb#', 'fragment'],
    ['https://app.example.com/cb#x', 'fragment'],
    ['https://app.example.com@evil.example/cb', 'user name'],
    ['https://user:pass@app.example.com/cb', 'user name'],
    ['https://@app.example.com/cb', 'user name'],
    ['https://:@app.example.com/cb', 'user name'],
    ['http://app.example.com/cb', 'uses http'],
    ['http://localhost.evil.example/cb', 'uses http'],
    ['http://127.0.0.2/cb', 'uses http'],
    ['javascript:alert(1)', 'scheme "javascript:"'],
    ['data:text/html,x', 'scheme "data:"'],
    ['ftp://app.example.com/cb', 'scheme "ftp:"'],
    ['com.example.app:/cb', 'scheme "com.example.app:"'],
    ['https://APP.example.com/cb', 'normal form; write https://app.example.com/cb'],
    ['HTTPS://app.example.com/cb', 'normal form'],
    ['https://app.example.com:443/cb', 'normal form'],
    ['https://app.example.com/a/../cb', 'normal form'],
    ['https://app.example.com/a/%2e%2e/cb', 'normal form'],
    ['https:app.example.com/cb', 'normal form'],
    ['https:///app.example.com/cb', 'normal form'],
    ['http://127.1/cb', 'normal form'],
    ['http://0x7f000001/cb', 'normal form'],
    ['https://acme.my.fluxo.example/cb', 'this server itself'],
    [`https://app.example.com/${'x'.repeat(2000)}`, 'longer than 2000'],
  ])('refuses %s and says why', (text, why) => {
    expect(refusal(text)).toContain(why);
  });

  it.each([
    'code',
    'state',
    'iss',
    'error',
    'error_description',
    'error_uri',
    'domain',
    'lane',
    'CODE',
    '%63ode',
  ])('refuses a query that has %s, which the answer uses', (name) => {
    expect(refusal(`https://app.example.com/cb?a=1&${name}=1`)).toContain('which the answer uses');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'myapp:/cb', 'vbscript:x', 'file:///etc/passwd'])(
    'refuses %s of a spa too: a private-use scheme has a dot',
    (text) => {
      expect(refusal(text, 'spa')).toContain('needs a dot');
    },
  );
});

describe('matching a redirect URL', () => {
  const REGISTERED = 'https://app.example.com/callback?a=1';

  it('takes the very same characters', () => {
    expect(matchesRegistered(REGISTERED, REGISTERED)).toBe(true);
  });

  it.each([
    'https://app.example.com/callback',
    'https://app.example.com/callback?a=1&b=2',
    'https://app.example.com/callback/?a=1',
    'https://app.example.com/Callback?a=1',
    'https://APP.example.com/callback?a=1',
    'HTTPS://app.example.com/callback?a=1',
    'https://app.example.com:443/callback?a=1',
    'https://app.example.com:8443/callback?a=1',
    'https://app.example.com/x/../callback?a=1',
    'https://app.example.com/x/..%2Fcallback?a=1',
    'https://app.example.com/callback%3Fa=1',
    'https://app.example.com/callback;/../?a=1',
    'https://app.example.com/callback?a=1#x',
    'https://app.example.com/callback?a=1%0A%0D',
    'https://app.example.com@evil.example/callback?a=1',
    'https://app.example.com.evil.example/callback?a=1',
    'https://appXexample.com/callback?a=1',
    'http://app.example.com/callback?a=1',
    ' https://app.example.com/callback?a=1',
    '',
  ])('refuses %s', (received) => {
    expect(matchesRegistered(received, REGISTERED)).toBe(false);
  });

  it.each([
    ['http://127.0.0.1:51004/cb', 'http://127.0.0.1/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:8080/cb'],
    ['http://127.0.0.1:1/cb', 'http://127.0.0.1:65535/cb'],
    ['http://[::1]:51004/cb?a=1', 'http://[::1]/cb?a=1'],
    ['http://127.0.0.1:51004', 'http://127.0.0.1'],
  ])('lets the port of a loopback address differ: %s for %s', (received, registered) => {
    expect(matchesRegistered(received, registered)).toBe(true);
  });

  it.each([
    ['http://127.0.0.1:51004/other', 'http://127.0.0.1/cb'],
    ['http://127.0.0.1:51004/cb?x=1', 'http://127.0.0.1/cb'],
    ['http://127.0.0.1:51004/cb#x', 'http://127.0.0.1/cb'],
    ['http://127.0.0.1:0/cb', 'http://127.0.0.1/cb'],
    ['http://127.0.0.1:65536/cb', 'http://127.0.0.1/cb'],
    ['http://127.0.0.1:/cb', 'http://127.0.0.1/cb'],
    ['http://127.0.0.1:51004@evil.example/cb', 'http://127.0.0.1/cb'],
    ['http://127.0.0.1.evil.example/cb', 'http://127.0.0.1/cb'],
    ['http://127.0.0.1:51004\n/cb', 'http://127.0.0.1/cb'],
    ['https://127.0.0.1:51004/cb', 'http://127.0.0.1/cb'],
    ['http://127.0.0.2:51004/cb', 'http://127.0.0.1/cb'],
    ['http://[::1]:51004/cb', 'http://127.0.0.1/cb'],
    ['http://localhost:51004/cb', 'http://localhost/cb'],
    ['http://localhost:51004/cb', 'http://127.0.0.1/cb'],
  ])('lets nothing else differ: %s for %s', (received, registered) => {
    expect(matchesRegistered(received, registered)).toBe(false);
  });
});

describe('the origin of a redirect URL', () => {
  it('is what a browser would say, and none of a private-use scheme', () => {
    expect(redirectOrigin('https://app.example.com:8443/cb?a=1')).toBe('https://app.example.com:8443');
    expect(redirectOrigin('com.example.app:/cb')).toBeNull();
    expect(redirectOrigin('nonsense')).toBeNull();
  });
});
