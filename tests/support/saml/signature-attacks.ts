import { createHmac } from 'node:crypto';
import type { SigningOptions } from '@fluxo/example-demo';
import { changedAfter, SIGNED_WAYS, type SamlAttack } from './attack.js';
import { ANA, change, cut, EVE, plainResponse, PLAIN_METHODS, type SamlStage } from './stage.js';

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const INCLUSIVE = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const RSA_SHA1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';
const SHA1 = 'http://www.w3.org/2000/09/xmldsig#sha1';

function twice(name: string): (xml: string) => string {
  return (xml) => change(xml, cut(xml, name), cut(xml, name) + cut(xml, name));
}

function into(closing: string, text: string): (xml: string) => string {
  return (xml) => change(xml, closing, text + closing);
}

function copied(name: string, closing: string): (xml: string) => string {
  return (xml) => change(xml, closing, cut(xml, name) + closing);
}

/** Canonicalization leaves comments out, so that a signature stays right around them (CVE-2025-29775 and older). */
export const COMMENTS: readonly SamlAttack[] = changedAfter([
  ['a comment in the NameID', (xml) => change(xml, `>${ANA}<`, `>${ANA.slice(0, 3)}<!---->${ANA.slice(3)}<`)],
  ['a comment before the NameID', (xml) => change(xml, `>${ANA}<`, `><!--x-->${ANA}<`)],
  ['a comment behind the NameID', (xml) => change(xml, `>${ANA}<`, `>${ANA}<!--x--><`)],
  ['CDATA in the NameID', (xml) => change(xml, `>${ANA}<`, `><![CDATA[${ANA}]]><`)],
  ['an instruction in the NameID', (xml) => change(xml, `>${ANA}<`, `>ana<?x?>${ANA.slice(3)}<`)],
  ['a comment in the digest', (xml) => change(xml, /<ds:DigestValue>/, '<ds:DigestValue><!--AAAA-->')],
  ['another digest in a comment', into('</ds:DigestValue>', '<!--AAAA-->')],
  ['a comment in the signature value', into('</ds:SignatureValue>', '<!--x-->')],
  ['a comment in the audience', into('</saml:Audience>', '<!--x-->')],
  ['a comment in the issuer', into('</saml:Issuer>', '<!--x-->')],
  ['a comment in the certificate', into('</ds:X509Certificate>', '<!--x-->')],
  ['a comment in the SignedInfo', into('</ds:SignedInfo>', '<!--x-->')],
  ['a comment between elements', into('</saml:Subject>', '<!--x-->')],
  ['a comment behind everything', (xml) => `${xml}<!--x-->`],
]);

const FORGED_INFO = (xml: string): string =>
  change(cut(xml, 'ds:SignedInfo'), /<ds:DigestValue>[^<]+/, '<ds:DigestValue>AAAA');

/** Where the signature has more of something than one (CVE-2025-29774), or lacks it. */
export const SEVERAL: readonly SamlAttack[] = changedAfter([
  ['SignedInfo twice', twice('ds:SignedInfo')],
  [
    'a forged SignedInfo first',
    (xml) => change(xml, '<ds:SignedInfo>', `${FORGED_INFO(xml)}<ds:SignedInfo>`),
  ],
  [
    'a forged SignedInfo second',
    (xml) => change(xml, '</ds:SignedInfo>', `</ds:SignedInfo>${FORGED_INFO(xml)}`),
  ],
  ['a SignedInfo in the KeyInfo', copied('ds:SignedInfo', '</ds:KeyInfo>')],
  [
    'a SignedInfo in an Object',
    (xml) => into('</ds:Signature>', `<ds:Object>${FORGED_INFO(xml)}</ds:Object>`)(xml),
  ],
  ['a SignedInfo in the SignedInfo', copied('ds:SignedInfo', '</ds:SignedInfo>')],
  ['no SignedInfo', (xml) => change(xml, cut(xml, 'ds:SignedInfo'), '')],
  ['two references', twice('ds:Reference')],
  ['no reference', (xml) => change(xml, cut(xml, 'ds:Reference'), '')],
  ['two digests', twice('ds:DigestValue')],
  ['no digest', (xml) => change(xml, cut(xml, 'ds:DigestValue'), '')],
  ['an element in the digest', into('</ds:DigestValue>', '<x/>')],
  ['two signature values', twice('ds:SignatureValue')],
  ['an empty signature value', (xml) => change(xml, cut(xml, 'ds:SignatureValue'), '<ds:SignatureValue/>')],
  ['two KeyInfos', twice('ds:KeyInfo')],
  ['the signature twice', twice('ds:Signature')],
  ['the signature also in the subject', copied('ds:Signature', '</saml:Subject>')],
  ['an empty reference', (xml) => change(xml, /URI="#[^"]+"/, 'URI=""')],
  ['a reference without URI', (xml) => change(xml, /URI="#[^"]+"/, '')],
  ['a reference to nothing', (xml) => change(xml, /URI="#[^"]+"/, 'URI="#nothing"')],
  ['a reference without #', (xml) => change(xml, /URI="#/, 'URI="')],
  ['a reference by XPointer', (xml) => change(xml, /URI="#([^"]+)"/, 'URI="#xpointer(/)"')],
  ['a reference to a file', (xml) => change(xml, /URI="#([^"]+)"/, 'URI="file:///etc/passwd"')],
  ['a reference with quotes', (xml) => change(xml, /URI="#/, `URI="#'or'1'='1`)],
  ['a Manifest beside', into('</ds:Signature>', '<ds:Object><ds:Manifest/></ds:Object>')],
  ['the signature in another namespace', (xml) => change(xml, /xmlns:ds="[^"]+"/, 'xmlns:ds="urn:x"')],
  [
    'the identifier in another spelling too',
    (xml) => change(xml, '<saml:Subject>', '<saml:Subject Id="_assertion">'),
  ],
  [
    'the identifier of the response again',
    (xml) => change(xml, '<saml:Subject>', '<saml:Subject ID="_response">'),
  ],
  [
    'an xml:id of the same value',
    (xml) => change(xml, '<saml:Subject>', '<saml:Subject xml:id="_assertion">'),
  ],
  ['an attribute twice', (xml) => change(xml, '<saml:Subject>', '<saml:Subject a="1" a="2">')],
]);

/** What was signed is not what is there. */
export const CONTENT: readonly SamlAttack[] = changedAfter([
  ['another NameID', (xml) => change(xml, ANA, EVE)],
  [
    'another e-mail address',
    (xml) => change(xml, `>${ANA}</saml:AttributeValue>`, `>${EVE}</saml:AttributeValue>`),
  ],
  ['another attribute', into('</saml:AttributeStatement>', '<saml:Attribute Name="admin"/>')],
  ['another format', (xml) => change(xml, 'nameid-format:emailAddress', 'nameid-format:persistent')],
  [
    'another end',
    (xml) => xml.replaceAll('NotOnOrAfter="2026-11-24T12:05', 'NotOnOrAfter="2026-11-24T12:55'),
  ],
  ['another session', (xml) => change(xml, '"_session"', '"_other"')],
  [
    'another prefix in the value',
    (xml) => change(xml, '<saml:Subject>', '<saml:Subject xmlns:q="urn:q" q:x="1">'),
  ],
  ['white space in the NameID', (xml) => change(xml, `>${ANA}<`, `> ${ANA}<`)],
  ['a character reference in the NameID', (xml) => change(xml, `>${ANA}<`, `>${ANA}&#65;<`)],
  ['another default namespace', (xml) => change(xml, '<saml:Subject>', '<saml:Subject xmlns="urn:x"><x/>')],
  ['an attribute of the signature method', (xml) => change(xml, '<ds:SignedInfo>', '<ds:SignedInfo Id="x">')],
  ['the digest of something else', (xml) => change(xml, /<ds:DigestValue>..../, '<ds:DigestValue>AAAA')],
  ['the signature value cut', (xml) => change(xml, /<ds:SignatureValue>.{8}/, '<ds:SignatureValue>')],
  [
    'the signature value of zeros',
    (xml) => change(xml, /<ds:SignatureValue>[^<]+/, `<ds:SignatureValue>${'A'.repeat(512)}`),
  ],
  ['the signature taken away', (xml) => xml.replace(/<ds:Signature [^]*?<\/ds:Signature>/g, '')],
  [
    'InclusiveNamespaces put in',
    (xml) =>
      change(
        xml,
        `<ds:Transform Algorithm="${EXCLUSIVE}"/>`,
        `<ds:Transform Algorithm="${EXCLUSIVE}"><InclusiveNamespaces PrefixList="saml samlp" xmlns="${EXCLUSIVE}"/></ds:Transform>`,
      ),
  ],
  ...['rsa-sha1', 'hmac-sha1', 'dsa-sha1'].map(
    (method) =>
      [
        `the method ${method} put in`,
        (xml: string) =>
          change(xml, PLAIN_METHODS.signatureMethod, `http://www.w3.org/2000/09/xmldsig#${method}`),
      ] as const,
  ),
  ...['hmac-sha256', 'ecdsa-sha256', 'rsa-md5', 'rsa-ripemd160', 'none'].map(
    (method) =>
      [
        `the method ${method} put in`,
        (xml: string) =>
          change(xml, PLAIN_METHODS.signatureMethod, `http://www.w3.org/2001/04/xmldsig-more#${method}`),
      ] as const,
  ),
  ...[
    'http://www.w3.org/TR/1999/REC-xpath-19991116',
    'http://www.w3.org/2002/06/xmldsig-filter2',
    'http://www.w3.org/TR/1999/REC-xslt-19991116',
    'http://www.w3.org/2000/09/xmldsig#base64',
    'http://www.w3.org/2006/12/xml-c14n11',
    'urn:x',
  ].map(
    (transform) =>
      [`the transform ${transform} put in`, (xml: string) => change(xml, ENVELOPED, transform)] as const,
  ),
]);

type Weakness = readonly [name: string, options: Partial<SigningOptions>];

const WEAKNESSES: readonly Weakness[] = [
  ['RSA with SHA-1', { signatureMethod: RSA_SHA1 }],
  ['a digest of SHA-1', { digestMethod: SHA1 }],
  ['SHA-1 for both', { signatureMethod: RSA_SHA1, digestMethod: SHA1 }],
  ['inclusive canonicalization of what is signed', { transforms: [ENVELOPED, INCLUSIVE] }],
  ['with comments', { transforms: [ENVELOPED, `${EXCLUSIVE}WithComments`] }],
  ['inclusive canonicalization of the SignedInfo', { canonicalization: INCLUSIVE }],
  ['the SignedInfo with comments', { canonicalization: `${EXCLUSIVE}WithComments` }],
  ['enveloped alone', { transforms: [ENVELOPED] }],
  ['canonicalization first', { transforms: [EXCLUSIVE, ENVELOPED] }],
  ['three transforms', { transforms: [ENVELOPED, EXCLUSIVE, EXCLUSIVE] }],
  [
    'RSA-PSS, which nobody agreed on',
    { signatureMethod: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1' },
  ],
];

/** Signed by the provider's own key, in a way that isn't taken. */
export const WEAK: readonly SamlAttack[] = WEAKNESSES.flatMap(([name, options]) =>
  SIGNED_WAYS.map((what): SamlAttack => [
    `${name} (${what} signed)`,
    (stage) => {
      const inner = what === 'response' ? plainResponse() : stage.sign(plainResponse(), 'Assertion', options);
      return what === 'assertion' ? inner : stage.sign(inner, 'Response', options);
    },
  ]),
);

function byAttacker(stage: SamlStage, keyInfo?: string): string {
  const signed = stage.sign(plainResponse({ nameId: EVE }), 'Assertion', stage.attackersKey);
  return keyInfo === undefined ? signed : change(signed, cut(signed, 'ds:KeyInfo'), keyInfo);
}

function certificateOf(pem: string): string {
  return `<ds:X509Data><ds:X509Certificate>${pem.replace(/-----[A-Z ]+-----|\s/g, '')}</ds:X509Certificate></ds:X509Data>`;
}

/** Signed by somebody who isn't the provider, or by nobody. */
export const FOREIGN: readonly SamlAttack[] = [
  ['nobody signed', () => plainResponse({ nameId: EVE })],
  ['the attacker signed, with the attacker’s KeyInfo', (stage) => byAttacker(stage)],
  [
    'the attacker signed the response',
    (stage) => stage.sign(plainResponse(), 'Response', stage.attackersKey),
  ],
  [
    'the attacker signed, with the provider’s certificate in KeyInfo',
    (stage) => byAttacker(stage, `<ds:KeyInfo>${certificateOf(stage.key.certificatePem)}</ds:KeyInfo>`),
  ],
  [
    'the attacker signed, with both certificates in KeyInfo',
    (stage) =>
      byAttacker(
        stage,
        `<ds:KeyInfo>${certificateOf(stage.key.certificatePem)}${certificateOf(stage.attackersKey.certificatePem)}</ds:KeyInfo>`,
      ),
  ],
  ['the attacker signed, without KeyInfo', (stage) => byAttacker(stage, '')],
  [
    'the attacker signed, KeyInfo with a retrieval method',
    (stage) =>
      byAttacker(stage, '<ds:KeyInfo><ds:RetrievalMethod URI="https://evil.example/key"/></ds:KeyInfo>'),
  ],
  [
    'the attacker signed around the provider’s assertion',
    (stage) => stage.sign(stage.signed('assertion'), 'Response', stage.attackersKey),
  ],
  [
    'the provider signed around the attacker’s assertion',
    (stage) => stage.sign(byAttacker(stage), 'Response'),
  ],
  [
    'the provider’s certificate as the key of an HMAC',
    (stage) => {
      const method = 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256';
      const xml = change(stage.signed('assertion'), PLAIN_METHODS.signatureMethod, method);
      const value = createHmac('sha256', stage.key.certificatePem)
        .update(cut(xml, 'ds:SignedInfo'))
        .digest('base64');
      return change(xml, /<ds:SignatureValue>[^<]+/, `<ds:SignatureValue>${value}`);
    },
  ],
  [
    'one signature of SHA-1 beside a good one',
    (stage) => stage.sign(stage.sign(plainResponse(), 'Assertion', { digestMethod: SHA1 }), 'Response'),
  ],
];
