import { changedBefore, type SamlAttack } from './attack.js';
import { ACS, ANA, change, cut, IDP, plainResponse, REQUEST_ID, SP } from './stage.js';

const plain = plainResponse();
const AUDIENCE = `<saml:Audience>${SP}</saml:Audience>`;
const OTHER_SP = 'https://other.my.example.com/saml';
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

function toBecome(find: string | RegExp, replacement: string): (xml: string) => string {
  return (xml) => change(xml, find, replacement);
}

function without(name: string): (xml: string) => string {
  return (xml) => change(xml, cut(xml, name), '');
}

function twice(name: string): (xml: string) => string {
  return (xml) => change(xml, cut(xml, name), cut(xml, name) + cut(xml, name));
}

/** Genuine and meant for somebody else: another application of the same company, say. */
export const FOR_OTHERS: readonly SamlAttack[] = changedBefore(plain, [
  ['another audience', toBecome(AUDIENCE, `<saml:Audience>${OTHER_SP}</saml:Audience>`)],
  ['an audience with a slash more', toBecome(AUDIENCE, `<saml:Audience>${SP}/</saml:Audience>`)],
  [
    'an audience that begins as ours',
    toBecome(AUDIENCE, `<saml:Audience>${SP}.evil.example</saml:Audience>`),
  ],
  ['an audience in capitals', toBecome(AUDIENCE, `<saml:Audience>${SP.toUpperCase()}</saml:Audience>`)],
  ['an empty audience', toBecome(AUDIENCE, '<saml:Audience/>')],
  ['no audience', toBecome(AUDIENCE, '')],
  ['no restriction', without('saml:AudienceRestriction')],
  [
    'a second restriction to somebody else',
    toBecome(
      '</saml:Conditions>',
      `<saml:AudienceRestriction><saml:Audience>${OTHER_SP}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    ),
  ],
  ['our audience in another namespace', toBecome(AUDIENCE, `<Audience xmlns="urn:x">${SP}</Audience>`)],
  ['another recipient', toBecome(`Recipient="${ACS}"`, 'Recipient="https://other.my.example.com/saml/acs"')],
  ['a recipient with a slash more', toBecome(`Recipient="${ACS}"`, `Recipient="${ACS}/"`)],
  ['a recipient without TLS', toBecome(`Recipient="${ACS}"`, `Recipient="${ACS.replace('https', 'http')}"`)],
  ['no recipient', toBecome(`Recipient="${ACS}"`, '')],
  ['another destination', toBecome(`Destination="${ACS}"`, 'Destination="https://other.my.example.com/acs"')],
  ['an empty destination', toBecome(`Destination="${ACS}"`, 'Destination=""')],
  ['a destination that begins as ours', toBecome(`Destination="${ACS}"`, `Destination="${ACS}2"`)],
  ['another issuer of both', (xml) => xml.replaceAll(`>${IDP}<`, '>https://evil.example<')],
]);

/** The assertion's own Issuer is the second. */
function issuerOfAssertion(replacement: string): (xml: string) => string {
  return (xml) => {
    const assertion = cut(xml, 'saml:Assertion');
    return change(xml, assertion, change(assertion, `<saml:Issuer>${IDP}</saml:Issuer>`, replacement));
  };
}

export const BY_OTHERS: readonly SamlAttack[] = changedBefore(plain, [
  ['another issuer of the assertion', issuerOfAssertion('<saml:Issuer>https://evil.example</saml:Issuer>')],
  [
    'two issuers of the assertion',
    issuerOfAssertion(`<saml:Issuer>${IDP}</saml:Issuer><saml:Issuer>x</saml:Issuer>`),
  ],
  [
    'another issuer of the response',
    toBecome(`>${IDP}</saml:Issuer><samlp`, '>https://evil.example</saml:Issuer><samlp'),
  ],
]);

/** Genuine, and not for now. `now` is 12:00:00 and a minute of skew is tolerated. */
export const OUT_OF_TIME: readonly SamlAttack[] = changedBefore(plain, [
  [
    'conditions that ended a minute ago',
    toBecome(/(?<=Conditions [^>]*NotOnOrAfter=")[^"]+/, '2026-11-24T11:59:00Z'),
  ],
  ['conditions that begin in 61 s', toBecome(/(?<=Conditions NotBefore=")[^"]+/, '2026-11-24T12:01:01Z')],
  ['conditions without an end', toBecome(/(?<=Conditions [^>]*)NotOnOrAfter="[^"]+"/, '')],
  [
    'a confirmation that ended a minute ago',
    toBecome(/(?<=ConfirmationData NotOnOrAfter=")[^"]+/, '2026-11-24T11:59:00Z'),
  ],
  ['a confirmation without an end', toBecome(/(?<=ConfirmationData )NotOnOrAfter="[^"]+"/, '')],
  [
    'a confirmation that begins in 61 s',
    toBecome('ConfirmationData ', 'ConfirmationData NotBefore="2026-11-24T12:01:01Z" '),
  ],
  [
    'a session that ended',
    toBecome('AuthnStatement ', 'AuthnStatement SessionNotOnOrAfter="2026-11-24T11:00:00Z" '),
  ],
  ['issued in 61 s', toBecome(/(?<=Assertion [^>]*IssueInstant=")[^"]+/, '2026-11-24T12:01:01Z')],
  ['issued eleven minutes ago', toBecome(/(?<=Assertion [^>]*IssueInstant=")[^"]+/, '2026-11-24T11:49:00Z')],
  ['never issued', toBecome(/(?<=Assertion [^>]*)IssueInstant="[^"]+"/, '')],
  ['an end without a zone', toBecome(/(?<=Conditions [^>]*NotOnOrAfter=")[^"]+/, '2026-11-24T12:05:00')],
  [
    'an end in another zone',
    toBecome(/(?<=Conditions [^>]*NotOnOrAfter=")[^"]+/, '2026-11-24T12:05:00-08:00'),
  ],
  ['an end in words', toBecome(/(?<=Conditions [^>]*NotOnOrAfter=")[^"]+/, 'Nov 24 2099')],
  ['an end in month 13', toBecome(/(?<=Conditions [^>]*NotOnOrAfter=")[^"]+/, '2026-13-24T12:05:00Z')],
]);

const IN_RESPONSE_TO = `InResponseTo="${REQUEST_ID}"`;
const inConfirmation = (text: string) =>
  toBecome(`Recipient="${ACS}" ${IN_RESPONSE_TO}`, `Recipient="${ACS}" ${text}`);
const inResponse = (text: string) =>
  toBecome(`Destination="${ACS}" ${IN_RESPONSE_TO}`, `Destination="${ACS}" ${text}`);
const OTHER = `InResponseTo="${REQUEST_ID.replace('0', '9')}"`;

/** Genuine, and nobody asked, or somebody else did. */
export const UNASKED: readonly SamlAttack[] = changedBefore(plain, [
  ['unsolicited', (xml) => xml.replaceAll(IN_RESPONSE_TO, '')],
  ['for another request', (xml) => xml.replaceAll(IN_RESPONSE_TO, OTHER)],
  ['for an empty request', (xml) => xml.replaceAll(IN_RESPONSE_TO, 'InResponseTo=""')],
  ['the confirmation for another request', inConfirmation(OTHER)],
  ['the confirmation for none', inConfirmation('')],
  ['the response for another request', inResponse(OTHER)],
  ['the response for none', inResponse('')],
]);

/** Genuine, and it says not clearly who signed in, or that nobody did. */
export const UNCLEAR: readonly SamlAttack[] = changedBefore(plain, [
  ['a version of 1.1', (xml) => xml.replaceAll('Version="2.0"', 'Version="1.1"')],
  ['two subjects', twice('saml:Subject')],
  ['no subject', without('saml:Subject')],
  ['two NameIDs', twice('saml:NameID')],
  ['no NameID', without('saml:NameID')],
  ['an empty NameID', toBecome(`>${ANA}</saml:NameID>`, '></saml:NameID>')],
  ['a NameID of white space', toBecome(`>${ANA}</saml:NameID>`, '>  \n </saml:NameID>')],
  ['an element in the NameID', toBecome(`>${ANA}</saml:NameID>`, '>ana<x/>@acme.example</saml:NameID>')],
  ['a control character in the NameID', toBecome(`>${ANA}</saml:NameID>`, `>${ANA}&#1;</saml:NameID>`)],
  ['a NameID of 300 characters', toBecome(`>${ANA}</saml:NameID>`, `>${'a'.repeat(300)}</saml:NameID>`)],
  ['an EncryptedID', (xml) => xml.replaceAll('saml:NameID', 'saml:EncryptedID')],
  ['no confirmation', without('saml:SubjectConfirmation')],
  ['confirmed by a key', toBecome(BEARER, 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key')],
  ['confirmed by a sender', toBecome(BEARER, 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches')],
  ['no conditions', without('saml:Conditions')],
  ['two conditions', twice('saml:Conditions')],
  ['a condition that nobody knows', toBecome('</saml:Conditions>', '<saml:Condition/></saml:Conditions>')],
  ['nobody was authenticated', without('saml:AuthnStatement')],
]);
