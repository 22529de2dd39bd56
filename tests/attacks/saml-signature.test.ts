import { sign } from 'node:crypto';
import type { SigningOptions } from '@fluxo/example-demo';
import { samlServiceProvider } from '@fluxo/server';
import { beforeAll, describe, expect, test } from 'vitest';
import { SIGNED_WAYS } from '../support/saml/attack.js';
import { COMMENTS, CONTENT, FOREIGN, SEVERAL, WEAK } from '../support/saml/signature-attacks.js';
import {
  ANA,
  change,
  cut,
  outcomeOf,
  plainResponse,
  REQUEST_ID,
  SAML_NOW,
  samlStage,
  type SamlStage,
} from '../support/saml/stage.js';

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const ENC = 'http://www.w3.org/2001/04/xmlenc#';

let stage: SamlStage;
beforeAll(async () => {
  stage = await samlStage();
});

/** The list stands in the canonicalization alone; the library that signs for us puts it elsewhere too. */
function signedWithPrefixes(stage: SamlStage, prefixes: string): string {
  const plain = change(plainResponse(), '<saml:Assertion ', '<saml:Assertion xmlns:xs="urn:xs" ');
  const signed = stage.sign(plain, 'Assertion', { inclusivePrefixes: prefixes.split(' ') });
  const once = change(signed, /(?<=enveloped-signature")><Incl[^>]*><[^>]*>/, '/>');
  const list = `<InclusiveNamespaces xmlns="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="${prefixes}"/>`;
  const xml = change(once, /<InclusiveNamespaces[^>]*>/, list);
  const canonical = cut(xml, 'ds:SignedInfo')
    .replace('<ds:SignedInfo>', '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">')
    .replace(/<([\w:]+)( [^>]*)\/>/g, '<$1$2></$1>');
  const value = sign('sha256', Buffer.from(canonical), stage.key.privateKeyPem).toString('base64');
  return change(xml, /(?<=<ds:SignatureValue>)[^<]+/, value);
}

async function expectRefused(make: (stage: SamlStage) => string): Promise<void> {
  expect(outcomeOf(await stage.accept(make(stage)))).toMatch(/^refused: /);
}

describe('68 · the signature read in two ways: comments, several SignedInfo, doubled identifiers', () => {
  test.each(SIGNED_WAYS)('the twin: what the provider sent, %s signed', async (what) => {
    expect(outcomeOf(await stage.accept(stage.signed(what)))).toBe(`accepted: ${ANA}`);
  });

  test.each([...COMMENTS, ...SEVERAL])('%s', async (_name, make) => {
    await expectRefused(make);
  });
});

describe('69 · unsigned, signed by somebody else, changed after it was signed, signed weakly', () => {
  test.each(SIGNED_WAYS)('the twin: %s signed, and everything that was signed comes out', async (what) => {
    const answer = await stage.accept(stage.signed(what));
    expect(answer).toMatchObject({
      kind: 'accepted',
      subject: { nameId: ANA, format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' },
      ...{ assertionId: '_assertion', sessionIndex: '_session', notOnOrAfter: SAML_NOW + 300_000 },
    });
    const attributes = answer.kind === 'accepted' ? [...answer.attributes] : [];
    expect(attributes).toContainEqual(['groups', ['a', 'b']]);
    expect(attributes).toContainEqual(['email', [ANA]]);
  });

  test.each<[string, Partial<SigningOptions>]>([
    ['SHA-512', { signatureMethod: `${MORE}rsa-sha512`, digestMethod: `${ENC}sha512` }],
    ['SHA-256 over SHA-512', { digestMethod: `${ENC}sha512` }],
  ])('the twin: with %s', async (_name, options) => {
    const xml = stage.sign(plainResponse(), 'Assertion', options);
    expect(outcomeOf(await stage.accept(xml))).toBe(`accepted: ${ANA}`);
    expect(outcomeOf(await stage.accept(stage.sign(xml, 'Response', options)))).toBe(`accepted: ${ANA}`);
  });

  test('the twin: with a list of inclusive prefixes, as OpenSAML has it', async () => {
    const xml = signedWithPrefixes(stage, 'xs samlp');
    expect(outcomeOf(await stage.accept(xml))).toBe(`accepted: ${ANA}`);
    expect(outcomeOf(await stage.accept(change(xml, '"xs samlp"', '"xs saml"')))).toBe('refused: signature');
  });

  test('the twin: while the provider changes its certificate, either of the two', async () => {
    const { settings, key, attackersKey: next } = stage;
    const both = [key.certificatePem, next.certificatePem];
    for (const certificates of [both, both.toReversed()]) {
      const us = samlServiceProvider({ ...settings, provider: { ...settings.provider, certificates } });
      for (const signer of [key, next]) {
        const xml = stage.sign(plainResponse(), 'Assertion', signer);
        const expected = { expectedRequestId: REQUEST_ID, now: SAML_NOW };
        const answer = await us.acceptResponse(Buffer.from(xml).toString('base64'), expected);
        expect(outcomeOf(answer)).toBe(`accepted: ${ANA}`);
      }
    }
  });

  test('the twin: a declaration, line ends of Windows, base64 in lines', async () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\r\n${stage.signed('assertion')}`;
    expect(outcomeOf(await stage.accept(change(xml, '<samlp:Status>', '\r\n  <samlp:Status>')))).toBe(
      `accepted: ${ANA}`,
    );
    const lines = Buffer.from(xml).toString('base64').replace(/.{76}/g, '$&\r\n');
    expect(outcomeOf(await stage.acceptBase64(lines))).toBe(`accepted: ${ANA}`);
  });

  test.each([...FOREIGN, ...WEAK, ...CONTENT])('%s', async (_name, make) => {
    await expectRefused(make);
  });

  test('SHA-1 is refused by its name, before anything is computed', async () => {
    for (const [name, make] of WEAK.filter(([name]) => name.includes('SHA-1'))) {
      expect([name, outcomeOf(await stage.accept(make(stage)))]).toEqual([
        name,
        'refused: signature-algorithm',
      ]);
    }
  });
});
