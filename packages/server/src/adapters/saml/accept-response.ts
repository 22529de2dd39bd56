import { admitResponse, type AdmittedResponse } from './admit-response.js';
import { decodeMessage } from './decode-message.js';
import { judgeAssertion } from './judge-assertion.js';
import { readAssertion, type AssertionStatement } from './read-assertion.js';
import { NAMESPACE } from './saml-names.js';
import { refuse, SamlRefusal, type Evidence, type SamlCheck } from './saml-refusal.js';
import type { SamlSettings } from './saml-settings.js';
import { verifiedAssertion } from './verify-response.js';
import { attributeOf, childrenOf, textOf } from './xml.js';

/** A NameID with everything that belongs to it. */
export interface NamedSubject {
  readonly nameId: string;
  readonly format: string | undefined;
  readonly nameQualifier: string | undefined;
  readonly spNameQualifier: string | undefined;
}

/** Who signed in, by the provider's word. Whatever isn't here was not verified. */
export interface AcceptedResponse {
  readonly kind: 'accepted';
  readonly subject: NamedSubject;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** To be remembered until a minute after `notOnOrAfter`: it must not be accepted a second time. */
  readonly assertionId: string;
  /** Epoch milliseconds. */
  readonly notOnOrAfter: number;
  readonly sessionIndex: string | undefined;
}

export interface RefusedResponse extends Evidence {
  readonly kind: 'refused';
  readonly check: SamlCheck;
}

export interface ExpectedResponse {
  /** The identifier that the request had; nobody's word but our own flow's. */
  readonly expectedRequestId: string;
  readonly now: number;
}

/** Whatever a sender sends is accepted or refused; it throws only for what is broken on our side. */
export async function acceptResponse(
  settings: SamlSettings,
  samlResponse: string,
  expected: ExpectedResponse,
): Promise<AcceptedResponse | RefusedResponse> {
  try {
    const text = decodeMessage(samlResponse);
    const admitted = admitResponse(text);
    judgeEnvelope(admitted, settings, expected);
    const { certificates, entityId: issuer } = settings.provider;
    const statement = readAssertion(await verifiedAssertion({ text, admitted, certificates }));
    const { entityId: audience, acsUrl: recipient } = settings;
    const { expectedRequestId: requestId, now } = expected;
    const notOnOrAfter = judgeAssertion(statement, { issuer, audience, recipient, requestId, now });
    return accepted(statement, notOnOrAfter);
  } catch (error) {
    if (error instanceof SamlRefusal) return { kind: 'refused', check: error.check, ...error.evidence };
    throw error;
  }
}

function accepted(statement: AssertionStatement, notOnOrAfter: number): AcceptedResponse {
  return {
    kind: 'accepted',
    subject: {
      ...{ nameId: statement.nameId, format: statement.nameIdFormat },
      ...{ nameQualifier: statement.nameQualifier, spNameQualifier: statement.spNameQualifier },
    },
    attributes: statement.attributes,
    assertionId: statement.id,
    notOnOrAfter,
    sessionIndex: statement.authentications[0]?.sessionIndex,
  };
}

/** Of the response itself, which need not be signed: these can refuse, and nothing is ever taken from there. */
function judgeEnvelope(
  { response, responseSigned }: AdmittedResponse,
  { acsUrl, provider }: SamlSettings,
  { expectedRequestId }: ExpectedResponse,
): void {
  const destination = attributeOf(response, 'Destination');
  // SAML bindings §3.5.5.2: a signed message says where it was meant to go.
  if (destination !== acsUrl && (destination !== undefined || responseSigned)) {
    refuse('destination', acsUrl, destination ?? 'none');
  }
  const inResponseTo = attributeOf(response, 'InResponseTo');
  if (inResponseTo !== expectedRequestId) {
    refuse('in-response-to', expectedRequestId, inResponseTo ?? 'none, so nobody asked');
  }
  const issuers = childrenOf(response, [NAMESPACE.assertion, 'Issuer']).map((issuer) => textOf(issuer) ?? '');
  const other = issuers.find((issuer) => issuer !== provider.entityId);
  if (other !== undefined) refuse('issuer', provider.entityId, other);
}
