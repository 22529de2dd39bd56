/** Everything that a response says. Tests change one thing of it at a time. */
export interface ResponseParts {
  readonly responseId: string;
  readonly assertionId: string;
  readonly issuer: string;
  readonly audience: string;
  readonly destination: string;
  readonly recipient: string;
  readonly inResponseTo: string;
  readonly nameId: string;
  readonly nameIdFormat: string;
  readonly sessionIndex: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Epoch milliseconds; the assertion is good for five minutes from then on. */
  readonly now: number;
}

const LIFETIME_MS = 5 * 60_000;
const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion';

/** A successful response, not signed yet. */
export function responseXml(parts: ResponseParts): string {
  const { responseId, destination, inResponseTo, issuer } = escaped(parts);
  return (
    `<samlp:Response xmlns:samlp="${PROTOCOL}" ID="${responseId}" Version="2.0" ` +
    `IssueInstant="${iso(parts.now)}" Destination="${destination}" InResponseTo="${inResponseTo}">` +
    `<saml:Issuer xmlns:saml="${ASSERTION}">${issuer}</saml:Issuer>` +
    '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>' +
    assertionXml(parts) +
    '</samlp:Response>'
  );
}

function assertionXml(parts: ResponseParts): string {
  const { assertionId, issuer, nameId, nameIdFormat, inResponseTo, recipient, audience, sessionIndex } =
    escaped(parts);
  const end = iso(parts.now + LIFETIME_MS);
  return (
    `<saml:Assertion xmlns:saml="${ASSERTION}" ID="${assertionId}" Version="2.0" IssueInstant="${iso(parts.now)}">` +
    `<saml:Issuer>${issuer}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="${nameIdFormat}">${nameId}</saml:NameID>` +
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">' +
    `<saml:SubjectConfirmationData NotOnOrAfter="${end}" Recipient="${recipient}" InResponseTo="${inResponseTo}"/>` +
    '</saml:SubjectConfirmation></saml:Subject>' +
    `<saml:Conditions NotBefore="${iso(parts.now)}" NotOnOrAfter="${end}">` +
    `<saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction>` +
    '</saml:Conditions>' +
    `<saml:AuthnStatement AuthnInstant="${iso(parts.now)}" SessionIndex="${sessionIndex}"><saml:AuthnContext>` +
    '<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport' +
    '</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>' +
    `<saml:AttributeStatement>${Object.entries(parts.attributes).map(attributeXml).join('')}</saml:AttributeStatement>` +
    '</saml:Assertion>'
  );
}

function attributeXml([name, values]: readonly [string, readonly string[]]): string {
  const inner = values.map((value) => `<saml:AttributeValue>${escapeXml(value)}</saml:AttributeValue>`);
  return `<saml:Attribute Name="${escapeXml(name)}">${inner.join('')}</saml:Attribute>`;
}

type Texts = Omit<ResponseParts, 'attributes' | 'now'>;

function escaped(parts: ResponseParts): Texts {
  const entries = Object.entries(parts).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? escapeXml(value) : value,
  ]);
  return Object.fromEntries(entries) as Texts;
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
