import { NAMESPACE } from './saml-names.js';
import { refuse } from './saml-refusal.js';
import { attributeOf, childrenOf, elementsIn, is, onlyChild, textOf } from './xml.js';

const MAX_SUBJECT_CHARACTERS = 256;

/** What a verified assertion says, as it says it: nothing is judged yet. */
export interface AssertionStatement {
  readonly id: string;
  readonly issueInstant: string | undefined;
  readonly issuer: string | undefined;
  readonly nameId: string;
  readonly nameIdFormat: string | undefined;
  readonly nameQualifier: string | undefined;
  readonly spNameQualifier: string | undefined;
  readonly confirmations: readonly Confirmation[];
  readonly notBefore: string | undefined;
  readonly notOnOrAfter: string | undefined;
  /** Each restriction's audiences: one of each must be ours. */
  readonly audiences: readonly (readonly string[])[];
  readonly authentications: readonly Authentication[];
  /** By name, in the order in which they came. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

export interface Confirmation {
  readonly method: string | undefined;
  readonly recipient: string | undefined;
  readonly inResponseTo: string | undefined;
  readonly notBefore: string | undefined;
  readonly notOnOrAfter: string | undefined;
}

export interface Authentication {
  readonly sessionIndex: string | undefined;
  readonly sessionNotOnOrAfter: string | undefined;
}

type LocalName = readonly [string, string];
const named = (localName: string): LocalName => [NAMESPACE.assertion, localName];

/** Conditions that are known not to concern a single sign-in, beside those that are judged. */
const HARMLESS_CONDITIONS: ReadonlySet<string> = new Set([
  'AudienceRestriction',
  'OneTimeUse',
  'ProxyRestriction',
]);

/** @throws SamlRefusal where something is missing or there twice, so that it could be read in two ways */
export function readAssertion(assertion: Element): AssertionStatement {
  if (!is(assertion, named('Assertion'))) refuse('assertions', 'an Assertion', assertion.localName);
  const subject = only(assertion, 'Subject', 'subject');
  const nameIdElement = only(subject, 'NameID', 'subject');
  const conditions = only(assertion, 'Conditions', 'conditions');
  return {
    id: attributeOf(assertion, 'ID') ?? refuse('identifiers', 'an ID of the assertion', 'none'),
    issueInstant: attributeOf(assertion, 'IssueInstant'),
    issuer: textOf(onlyChild(assertion, named('Issuer'))),
    nameId: readNameId(nameIdElement),
    nameIdFormat: attributeOf(nameIdElement, 'Format'),
    nameQualifier: attributeOf(nameIdElement, 'NameQualifier'),
    spNameQualifier: attributeOf(nameIdElement, 'SPNameQualifier'),
    confirmations: childrenOf(subject, named('SubjectConfirmation')).map(readConfirmation),
    notBefore: attributeOf(conditions, 'NotBefore'),
    notOnOrAfter: attributeOf(conditions, 'NotOnOrAfter'),
    audiences: readAudiences(conditions),
    authentications: childrenOf(assertion, named('AuthnStatement')).map((statement) => ({
      sessionIndex: attributeOf(statement, 'SessionIndex'),
      sessionNotOnOrAfter: attributeOf(statement, 'SessionNotOnOrAfter'),
    })),
    attributes: readAttributes(assertion),
  };
}

function only(parent: Element, localName: string, check: 'subject' | 'conditions'): Element {
  const found = childrenOf(parent, named(localName));
  const [first] = found;
  return first === undefined || found.length > 1
    ? refuse(check, `one ${localName}`, `${found.length}`)
    : first;
}

export function readNameId(element: Element): string {
  const value = textOf(element);
  if (value === undefined || value.length > MAX_SUBJECT_CHARACTERS) {
    return refuse('subject', `a NameID of 1 to ${MAX_SUBJECT_CHARACTERS} characters`, 'another');
  }
  return value;
}

function readConfirmation(element: Element): Confirmation {
  const data = onlyChild(element, named('SubjectConfirmationData'));
  const read = (name: string): string | undefined =>
    data === undefined ? undefined : attributeOf(data, name);
  return {
    method: attributeOf(element, 'Method'),
    recipient: read('Recipient'),
    inResponseTo: read('InResponseTo'),
    notBefore: read('NotBefore'),
    notOnOrAfter: read('NotOnOrAfter'),
  };
}

/** SAML core §2.5.1: a condition that isn't understood makes the assertion's validity unknown. */
function readAudiences(conditions: Element): readonly (readonly string[])[] {
  const strange = elementsIn(conditions).find(({ localName }) => !HARMLESS_CONDITIONS.has(localName));
  if (strange !== undefined) refuse('conditions', [...HARMLESS_CONDITIONS].join(', '), strange.localName);
  return childrenOf(conditions, named('AudienceRestriction')).map((restriction) =>
    childrenOf(restriction, named('Audience')).flatMap((audience) => textOf(audience) ?? []),
  );
}

function readAttributes(assertion: Element): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, readonly string[]>();
  const statements = childrenOf(assertion, named('AttributeStatement'));
  for (const attribute of statements.flatMap((statement) => childrenOf(statement, named('Attribute')))) {
    const name = attributeOf(attribute, 'Name');
    const values = childrenOf(attribute, named('AttributeValue')).flatMap((value) => textOf(value) ?? []);
    if (name !== undefined) attributes.set(name, [...(attributes.get(name) ?? []), ...values]);
  }
  return attributes;
}
