import { createVerify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { samlServiceProvider } from './service-provider.js';
import { makeSigningKey, type SigningKey } from './signing-key.js';
import type { Bindings } from './saml-settings.js';

const REQUEST_ID = '_0123456789abcdef';
const ASKED = { relayState: 'flow.Token-1', requestId: REQUEST_ID };

let key: SigningKey;
beforeAll(async () => {
  key = await makeSigningKey({ commonName: 'us', now: Date.now() });
});

function us(singleSignOn: Bindings, signed: boolean) {
  return samlServiceProvider({
    ...{ entityId: 'https://us/saml', acsUrl: 'https://us/saml/acs', sloUrl: 'https://us/saml/slo' },
    provider: {
      ...{ entityId: 'https://idp', certificates: [key.certificatePem], singleSignOn },
      singleLogout: { url: 'https://idp/slo', answerUrl: 'https://idp/slo-answers' },
    },
    ...{ signingKey: signed ? key : undefined, signOutKey: signed ? key : undefined },
  });
}

function inflated(url: URL): string {
  return inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
}

/** SAML bindings §3.4.4.1: over the query as it was sent, character for character. */
function isSigned(url: URL): boolean {
  const [message = '', signature = ''] = url.search.slice(1).split('&Signature=');
  const bytes = Buffer.from(decodeURIComponent(signature), 'base64');
  return createVerify('sha256').update(message).verify(key.certificatePem, bytes);
}

describe('a request for sign-in', () => {
  test('by redirect has our names, the identifier that was given, and the relay state beside it', async () => {
    const asked = await us({ redirect: 'https://idp/sso?tenant=1' }, false).loginRequest(ASKED);
    if (asked.kind !== 'redirect') throw new Error(asked.kind);
    const url = new URL(asked.url);
    expect([url.origin, url.pathname, url.searchParams.get('tenant')]).toEqual(['https://idp', '/sso', '1']);
    expect(url.searchParams.get('RelayState')).toBe(ASKED.relayState);
    expect(url.searchParams.has('Signature')).toBe(false);
    const xml = inflated(url);
    expect(xml).toContain(`ID="${REQUEST_ID}"`);
    expect(xml).toContain('>https://us/saml<');
    expect(xml).toContain('AssertionConsumerServiceURL="https://us/saml/acs"');
    expect(xml).toContain('Destination="https://idp/sso?tenant=1"');
    expect(xml).not.toContain('RequestedAuthnContext');
    expect(xml).not.toContain('ForceAuthn');
  });

  test('is signed with SHA-256 when there is a key', async () => {
    const asked = await us({ redirect: 'https://idp/sso' }, true).loginRequest({
      ...ASKED,
      forceAuthn: true,
    });
    if (asked.kind !== 'redirect') throw new Error(asked.kind);
    const url = new URL(asked.url);
    expect(url.searchParams.get('SigAlg')).toBe('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
    expect(isSigned(url)).toBe(true);
    expect(inflated(url)).toContain('ForceAuthn="true"');
  });

  test('by form is not compressed, and carries its signature inside', async () => {
    const asked = await us({ post: 'https://idp/post' }, true).loginRequest(ASKED);
    if (asked.kind !== 'form') throw new Error(asked.kind);
    expect([asked.action, asked.fields.RelayState]).toEqual(['https://idp/post', ASKED.relayState]);
    const xml = Buffer.from(asked.fields.SAMLRequest, 'base64').toString();
    expect(xml).toContain('<samlp:AuthnRequest ');
    expect(xml).toContain('xmldsig-more#rsa-sha256');
    expect(xml).toContain('xmlenc#sha256');
    const plain = await us({ post: 'https://idp/post' }, false).loginRequest(ASKED);
    const text = plain.kind === 'form' ? Buffer.from(plain.fields.SAMLRequest, 'base64').toString() : '';
    expect(text).not.toContain('Signature');
  });

  test('of a caller who would break it is refused: odd relay state, an identifier that is no name', async () => {
    const provider = us({ redirect: 'https://idp/sso' }, false);
    await expect(provider.loginRequest({ ...ASKED, relayState: 'a b' })).rejects.toThrow(TypeError);
    await expect(provider.loginRequest({ ...ASKED, relayState: 'a'.repeat(81) })).rejects.toThrow(TypeError);
    await expect(provider.loginRequest({ ...ASKED, requestId: '0123456789abcdef' })).rejects.toThrow(
      TypeError,
    );
    await expect(provider.loginRequest({ ...ASKED, requestId: '_short' })).rejects.toThrow(TypeError);
  });
});

test('the provider’s sign-out names the person and the session, signed when there is a key', async () => {
  const who = { ...ASKED, nameId: 'ana & co', format: 'urn:f', sessionIndex: '_s' };
  const qualified = { ...who, nameQualifier: 'https://idp', spNameQualifier: 'https://us' };
  const url = new URL((await us({ redirect: 'https://idp/sso' }, true).logoutUrl(qualified)) ?? '');
  expect([url.origin, url.pathname]).toEqual(['https://idp', '/slo']);
  expect(isSigned(url)).toBe(true);
  const xml = inflated(url);
  expect(xml).toContain('>ana &amp; co</saml:NameID>');
  expect(xml).toContain('Format="urn:f" NameQualifier="https://idp" SPNameQualifier="https://us"');
  expect(xml).toContain('>_s</saml2p:SessionIndex>');
});

test('a provider without certificates, or with five, is a mistake of the caller', () => {
  const names = { entityId: 'a', acsUrl: 'https://a', sloUrl: 'https://a/slo' };
  for (const count of [0, 5]) {
    const certificates = Array.from({ length: count }, () => key.certificatePem);
    const provider = { entityId: 'https://idp', singleSignOn: {}, certificates };
    expect(() => samlServiceProvider({ ...names, provider })).toThrow(TypeError);
  }
});
