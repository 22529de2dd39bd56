import { beforeAll, describe, expect, test } from 'vitest';
import { ourMetadata } from './our-metadata.js';
import { parseProviderMetadata } from './provider-metadata.js';
import { makeSigningKey, type SigningKey } from './signing-key.js';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const DAY_MS = 86_400_000;
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const POST = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

let key: SigningKey;
let next: SigningKey;
beforeAll(async () => {
  key = await makeSigningKey({ commonName: 'idp.example', now: NOW });
  next = await makeSigningKey({ commonName: 'idp.example', now: NOW });
});

const body = (pem: string): string => pem.replace(/-----[A-Z ]+-----/g, '');
const keyOf = (pem: string, use = ' use="signing"'): string =>
  `<md:KeyDescriptor${use}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${body(pem)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const signOn = (binding: string, location: string): string =>
  `<md:SingleSignOnService Binding="${binding}" Location="${location}"/>`;

function metadata(inner: string, attributes = ''): string {
  return (
    '<?xml version="1.0"?><!-- of the company -->' +
    '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example">' +
    `<md:IDPSSODescriptor${attributes} protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">` +
    `${inner}</md:IDPSSODescriptor></md:EntityDescriptor>`
  );
}

const whole = (): string => keyOf(key.certificatePem) + signOn(REDIRECT, 'https://idp.example/sso');

describe('what a provider says of itself', () => {
  test('comes out whole, with both certificates of a change', () => {
    const text = metadata(
      keyOf(key.certificatePem) +
        keyOf(next.certificatePem, '') +
        keyOf(key.certificatePem) +
        keyOf(next.certificatePem, ' use="encryption"') +
        `<md:SingleLogoutService Binding="${REDIRECT}" Location="https://idp.example/slo"/>` +
        '<md:NameIDFormat>urn:a</md:NameIDFormat><md:NameIDFormat>urn:b</md:NameIDFormat>' +
        signOn('urn:oasis:names:tc:SAML:2.0:bindings:SOAP', 'https://idp.example/soap') +
        signOn(POST, 'https://idp.example/post') +
        signOn(REDIRECT, 'https://idp.example/sso'),
      ' WantAuthnRequestsSigned="true"',
    );
    expect(parseProviderMetadata(text, NOW)).toMatchObject({
      entityId: 'https://idp.example',
      singleSignOn: { redirect: 'https://idp.example/sso', post: 'https://idp.example/post' },
      singleLogout: { url: 'https://idp.example/slo', answerUrl: 'https://idp.example/slo' },
      certificates: [
        { pem: key.certificatePem, subject: 'CN=idp.example', notAfter: key.notAfter },
        { pem: next.certificatePem },
      ],
      ...{ wantsSignedRequests: true, nameIdFormats: ['urn:a', 'urn:b'], warnings: [] },
    });
  });

  test('a certificate that ends within 30 days, or ended, is warned of', () => {
    const warningsAt = (now: number) => parseProviderMetadata(metadata(whole()), now).warnings;
    expect(warningsAt(key.notAfter - 31 * DAY_MS)).toEqual([]);
    expect(warningsAt(key.notAfter - 29 * DAY_MS)).toEqual([
      expect.stringMatching(/^The certificate CN=idp.example ends on 2036-11-24; add its successor/),
    ]);
    expect(warningsAt(key.notAfter + DAY_MS)).toEqual([expect.stringMatching(/ended on 2036-11-24/)]);
  });

  test.each<[string, () => string, RegExp]>([
    ['no XML', () => 'hello', /can't be read as XML/],
    ['an HTML page', () => '<!DOCTYPE html><html></html>', /has a DOCTYPE/],
    [
      'an application’s metadata',
      () => whole().replace(/^/, '<a>').replace(/$/, '</a>'),
      /can't be read|no identity provider/,
    ],
    [
      'ours',
      () => ourMetadata({ entityId: 'https://us', acsUrl: 'https://us/acs', sloUrl: 'https://us/slo' }),
      /no identity provider/,
    ],
    ['no certificate', () => metadata(signOn(REDIRECT, 'https://idp.example/sso')), /no certificate/],
    ['a damaged certificate', () => metadata(whole().replace(/MII.{8}/, 'AAAA')), /could not be read/],
    ['no sign-in', () => metadata(keyOf(key.certificatePem)), /no sign-in by HTTP-Redirect/],
    [
      'http',
      () => metadata(whole().replace('https://idp.example/sso', 'http://idp.example/sso')),
      /https address/,
    ],
    [
      'javascript:',
      () => metadata(whole().replace('https://idp.example/sso', 'javascript:alert(1)')),
      /https address/,
    ],
    ['too much', () => metadata(whole() + ' '.repeat(300_000)), /larger than 256 KiB/],
    ['too many elements', () => metadata(whole() + '<x/>'.repeat(2_000)), /at most 1400 tags/],
    [
      'two providers',
      () => {
        const one = metadata(whole()).replace(/^.*?-->/, '');
        return `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${one}${one}</md:EntitiesDescriptor>`;
      },
      /describes 2 identity providers \(https:\/\/idp.example/,
    ],
  ])('%s is refused with what is wrong', (_name, text, problem) => {
    expect(() => parseProviderMetadata(text(), NOW)).toThrow(problem);
  });

  test('http at this machine is taken, for a provider that one tries out', () => {
    const text = metadata(whole().replace('https://idp.example/sso', 'http://127.0.0.1:4001/sso'));
    expect(parseProviderMetadata(text, NOW).singleSignOn.redirect).toBe('http://127.0.0.1:4001/sso');
  });
});

test('what we say of ourselves has our address and the certificate of our requests, and never the key', () => {
  const about = { entityId: 'https://us/saml', acsUrl: 'https://us/saml/acs', sloUrl: 'https://us/saml/slo' };
  const plain = ourMetadata(about);
  expect(plain).toContain('entityID="https://us/saml"');
  expect(plain).toContain('Location="https://us/saml/acs"');
  expect(plain).toContain('WantAssertionsSigned="true"');
  expect(plain).toBe(ourMetadata(about));
  const signing = ourMetadata({ ...about, signingKey: key });
  expect(signing.replace(/\s/g, '')).toContain(body(key.certificatePem).replace(/\s/g, ''));
  expect(signing).toContain('AuthnRequestsSigned="true"');
  expect(signing.replace(/\s/g, '')).not.toContain(body(key.privateKeyPem).replace(/\s/g, '').slice(0, 60));
});
