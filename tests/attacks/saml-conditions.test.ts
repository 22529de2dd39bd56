import { beforeAll, describe, expect, test } from 'vitest';
import { SIGNED_WAYS } from '../support/saml/attack.js';
import { BY_OTHERS, FOR_OTHERS, OUT_OF_TIME, UNASKED, UNCLEAR } from '../support/saml/condition-attacks.js';
import {
  ACS,
  ANA,
  change,
  outcomeOf,
  plainResponse,
  SAML_NOW,
  samlStage,
  SP,
  type SamlStage,
} from '../support/saml/stage.js';

let stage: SamlStage;
beforeAll(async () => {
  stage = await samlStage();
});

async function expectRefused(make: (stage: SamlStage) => string): Promise<void> {
  // Whatever else is wrong, the signature isn't: the message is genuine.
  expect(outcomeOf(await stage.accept(make(stage)))).toMatch(/^refused: (?!signature)/);
}

describe('70 · genuine, and for somebody else, by somebody else, or for another time', () => {
  test.each(SIGNED_WAYS)('the twin: for us and for now, %s signed', async (what) => {
    expect(outcomeOf(await stage.accept(stage.signed(what)))).toBe(`accepted: ${ANA}`);
  });

  test('the twin: clocks that differ by less than a minute', async () => {
    const xml = stage.signed('both');
    for (const at of [SAML_NOW - 60_000, SAML_NOW + 359_999]) {
      expect(outcomeOf(await stage.accept(xml, at))).toBe(`accepted: ${ANA}`);
    }
    for (const at of [SAML_NOW - 60_001, SAML_NOW + 360_000, SAML_NOW + 86_400_000, 0]) {
      expect(outcomeOf(await stage.accept(xml, at))).toBe('refused: time');
    }
  });

  test('the twin: one of several audiences, one of several confirmations, no destination in what isn’t signed', async () => {
    const others = '<saml:Audience>https://other.example</saml:Audience>';
    const confirmation =
      '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">' +
      '<saml:SubjectConfirmationData Recipient="https://other.example" NotOnOrAfter="2026-11-24T12:05:00Z"/>' +
      '</saml:SubjectConfirmation>';
    const changed = change(
      change(plainResponse(), `<saml:Audience>${SP}`, `${others}<saml:Audience>${SP}`),
      '<saml:SubjectConfirmation ',
      `${confirmation}<saml:SubjectConfirmation `,
    );
    const signed = stage.sign(changed, 'Assertion');
    expect(outcomeOf(await stage.accept(signed))).toBe(`accepted: ${ANA}`);
    const bare = change(signed, ` Destination="${ACS}"`, '');
    expect(outcomeOf(await stage.accept(bare))).toBe(`accepted: ${ANA}`);
    expect(outcomeOf(await stage.accept(stage.sign(bare, 'Response')))).toBe('refused: destination');
  });

  test.each([...FOR_OTHERS, ...BY_OTHERS, ...OUT_OF_TIME])('%s', async (_name, make) => {
    await expectRefused(make);
  });

  test.each(UNCLEAR)('%s', async (_name, make) => {
    await expectRefused(make);
  });

  test('an encrypted assertion is refused, and the answer says what to send instead', async () => {
    const xml = plainResponse().replace(
      /<saml:Assertion[^]*<\/saml:Assertion>/,
      '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>',
    );
    expect(await stage.accept(stage.sign(xml, 'Response'))).toMatchObject({
      ...{ kind: 'refused', check: 'encrypted' },
      expected: 'a signed assertion that is not encrypted',
    });
  });
});

describe('71 · genuine, and nobody asked, or somebody else did', () => {
  test.each(SIGNED_WAYS)('the twin: in answer to the request, %s signed', async (what) => {
    expect(outcomeOf(await stage.accept(stage.signed(what)))).toBe(`accepted: ${ANA}`);
  });

  test.each(UNASKED)('%s', async (_name, make) => {
    expect(outcomeOf(await stage.accept(make(stage)))).toBe('refused: in-response-to');
  });

  test('what is needed to accept it only once comes with it, and changes with each assertion', async () => {
    const first = await stage.accept(stage.signed('assertion'));
    const again = await stage.accept(stage.signed('assertion'));
    const other = await stage.accept(stage.signed('assertion', { assertionId: '_another' }));
    expect(first).toMatchObject({ assertionId: '_assertion', notOnOrAfter: SAML_NOW + 300_000 });
    expect(again).toEqual(first);
    expect(other).toMatchObject({ assertionId: '_another' });
  });
});
