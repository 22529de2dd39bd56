import { refuseOtherVersion, survey } from './admit-response.js';
import { judgeEnd, judgeIssueInstant } from './judge-assertion.js';
import { openRedirect } from './open-redirect.js';
import { readNameId } from './read-assertion.js';
import { NAMESPACE, SUCCESS } from './saml-names.js';
import { refuse, SamlRefusal } from './saml-refusal.js';
import type { SamlSettings } from './saml-settings.js';
import type { RefusedResponse } from './accept-response.js';
import { attributeOf, childrenOf, is, onlyChild, parseXml, textOf, type Name } from './xml.js';

/** What a provider says of sign-outs, by its signature. */
export type SignOutStatement =
  | {
      readonly kind: 'request';
      readonly id: string;
      readonly nameId: string;
      readonly sessionIndexes: readonly string[];
      readonly relayState: string | undefined;
      /** Nobody takes it any more from then on; until then it must not be taken twice. */
      readonly until: number;
    }
  | {
      readonly kind: 'response';
      readonly inResponseTo: string;
      readonly succeeded: boolean;
      readonly relayState: string | undefined;
    };

const IDENTIFIER = /^[A-Za-z_][\w.-]{0,255}$/;
const MAX_INDEXES = 100;
const protocol = (localName: string): Name => [NAMESPACE.protocol, localName];
const assertion = (localName: string): Name => [NAMESPACE.assertion, localName];

/** @param query as it came. Whatever a sender sends is read or refused; it never throws for that */
export function readSignOut(
  settings: SamlSettings,
  query: string,
  now: number,
): SignOutStatement | RefusedResponse {
  try {
    const { parameter, text, relayState } = openRedirect(query, settings.provider.certificates);
    const root = parseXml(text).documentElement;
    survey(root);
    refuseOtherVersion(root);
    const until = judgeSender(root, settings, now);
    return parameter === 'SAMLRequest'
      ? { ...readRequest(root, now), relayState, until }
      : { ...readResponse(root), relayState };
  } catch (error) {
    if (error instanceof SamlRefusal) return { kind: 'refused', check: error.check, ...error.evidence };
    throw error;
  }
}

/** SAML core §3.2.1 and bindings §3.4.5.2: who says it, to whom, and when. */
function judgeSender(root: Element, { provider, sloUrl }: SamlSettings, now: number): number {
  const issuer = textOf(onlyChild(root, assertion('Issuer')));
  if (issuer !== provider.entityId) refuse('issuer', provider.entityId, issuer ?? 'none');
  const destination = attributeOf(root, 'Destination');
  if (destination !== sloUrl) refuse('destination', sloUrl, destination ?? 'none');
  return judgeIssueInstant(attributeOf(root, 'IssueInstant'), now);
}

function readRequest(root: Element, now: number) {
  if (!is(root, protocol('LogoutRequest'))) refuse('structure', 'a LogoutRequest', root.localName);
  judgeEnd(attributeOf(root, 'NotOnOrAfter'), now);
  const id = attributeOf(root, 'ID') ?? '';
  if (!IDENTIFIER.test(id)) refuse('identifiers', 'an ID of the request', id);
  if (childrenOf(root, assertion('EncryptedID')).length > 0) refuse('encrypted', 'a NameID', 'EncryptedID');
  const nameId = onlyChild(root, assertion('NameID'));
  if (nameId === undefined) return refuse('subject', 'one NameID', 'none or several');
  const indexes = childrenOf(root, protocol('SessionIndex'));
  // An index that can't be read must not come to mean all sessions.
  const sessionIndexes = indexes.map(
    (index) => textOf(index) ?? refuse('subject', 'a SessionIndex with a text', 'another'),
  );
  if (sessionIndexes.length > MAX_INDEXES) refuse('size', `at most ${MAX_INDEXES} sessions`, 'more');
  return { kind: 'request', id, nameId: readNameId(nameId), sessionIndexes } as const;
}

function readResponse(root: Element) {
  if (!is(root, protocol('LogoutResponse'))) refuse('structure', 'a LogoutResponse', root.localName);
  const inResponseTo = attributeOf(root, 'InResponseTo') ?? refuse('in-response-to', 'a request', 'none');
  const status = onlyChild(root, protocol('Status'));
  const code = status && onlyChild(status, protocol('StatusCode'));
  const succeeded = code !== undefined && attributeOf(code, 'Value') === SUCCESS;
  return { kind: 'response', inResponseTo, succeeded } as const;
}
