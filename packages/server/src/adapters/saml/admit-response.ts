import { admitSignature } from './admit-signature.js';
import { NAMESPACE, SUCCESS } from './saml-names.js';
import { refuse } from './saml-refusal.js';
import { attributeOf, elementsIn, is, isElement, isText, nodesIn, onlyChild, parseXml } from './xml.js';

/** A response whose shape leaves nothing open. Nothing of it is verified yet. */
export interface AdmittedResponse {
  readonly response: Element;
  readonly assertion: Element;
  readonly responseSigned: boolean;
  readonly assertionSigned: boolean;
}

interface Found {
  readonly assertions: Element[];
  readonly signatures: Element[];
  readonly identifiers: Set<string>;
}

/**
 * Before the SAML library sees it: the text has one response with one assertion, each identifier is there once, and
 * whatever is signed is signed in the one plain way. All of signature wrapping needs a second of something, or a
 * place where nobody looks. @throws SamlRefusal
 */
export function admitResponse(text: string): AdmittedResponse {
  const document = parseXml(text);
  const response = document.documentElement;
  if (!nodesIn(document).every((node) => node === response)) {
    refuse('structure', 'one root element', 'more beside it');
  }
  if (!is(response, [NAMESPACE.protocol, 'Response'])) {
    refuse('structure', 'a Response of SAML 2.0', `${response.namespaceURI ?? ''} ${response.localName}`);
  }
  refuseOtherVersion(response);
  const found = survey(response);
  refuseFailure(response);
  const assertion = onlyAssertion(response, found.assertions);
  refuseOtherVersion(assertion);
  return { response, assertion, ...admitSignatures({ response, assertion }, found.signatures) };
}

/** Everything that is there more than once, or where it shouldn't be, anywhere in the text. */
export function survey(root: Element): Found {
  const found: Found = { assertions: [], signatures: [], identifiers: new Set() };
  for (const element of [root, ...Array.from(root.getElementsByTagName('*'))]) {
    if (!nodesIn(element).every((node) => isElement(node) || isText(node))) {
      refuse('markup', 'elements and text alone', `something else in ${element.localName}`);
    }
    noteIdentifiers(element, found.identifiers);
    if (/^(?:Encrypted)?Assertion$/i.test(element.localName)) found.assertions.push(element);
    if (/^Signature$/i.test(element.localName)) found.signatures.push(element);
  }
  return found;
}

function noteIdentifiers(element: Element, identifiers: Set<string>): void {
  refuseUndeclared(element);
  for (const attribute of Array.from(element.attributes)) {
    const { localName, value } = attribute;
    refuseUndeclared(attribute);
    // In any spelling, and with any prefix: the signature library looks for three of them.
    if (localName.toLowerCase() !== 'id') continue;
    if (identifiers.has(value)) refuse('identifiers', 'each identifier once', value);
    identifiers.add(value);
  }
}

/** The parser lets a prefix pass that means nothing. */
function refuseUndeclared(node: Element | Attr): void {
  const undeclared = (node.prefix ?? '') !== '' && (node.namespaceURI ?? '') === '';
  if (undeclared && node.prefix !== 'xml') refuse('xml', 'prefixes that are declared', node.nodeName);
}

export function refuseOtherVersion(element: Element): void {
  const version = attributeOf(element, 'Version');
  if (version !== '2.0') refuse('version', '2.0', version ?? 'none');
}

/** Not verified yet, so it can only refuse: the provider's own word why nobody signed in. */
function refuseFailure(response: Element): void {
  const status = onlyChild(response, [NAMESPACE.protocol, 'Status']);
  const code = status && onlyChild(status, [NAMESPACE.protocol, 'StatusCode']);
  if (code === undefined) refuse('status', SUCCESS, 'none');
  const value = attributeOf(code, 'Value') ?? '';
  const inner = elementsIn(code).map((element) => attributeOf(element, 'Value') ?? '');
  if (value !== SUCCESS) refuse('status', SUCCESS, [value, ...inner].join(' / '));
}

function onlyAssertion(response: Element, assertions: readonly Element[]): Element {
  const [assertion] = assertions;
  if (assertion === undefined || assertions.length > 1) {
    return refuse('assertions', 'one assertion', `${assertions.length}`);
  }
  if (assertion.parentNode !== response) {
    refuse(
      'assertions',
      'the assertion directly in the response',
      `in ${assertion.parentNode?.nodeName ?? ''}`,
    );
  }
  if (assertion.localName !== 'Assertion') {
    refuse('encrypted', 'a signed assertion that is not encrypted', assertion.localName);
  }
  if (!is(assertion, [NAMESPACE.assertion, 'Assertion'])) {
    refuse('assertions', 'an Assertion of SAML 2.0', assertion.namespaceURI ?? 'another');
  }
  return assertion;
}

function admitSignatures(
  { response, assertion }: { readonly response: Element; readonly assertion: Element },
  signatures: readonly Element[],
): { readonly responseSigned: boolean; readonly assertionSigned: boolean } {
  if (signatures.length === 0) refuse('signature', 'a signed assertion or response', 'none is signed');
  for (const signature of signatures) {
    const parent = [response, assertion].find((element) => element === signature.parentNode);
    if (parent === undefined) {
      refuse(
        'signature-shape',
        'signatures of response and assertion alone',
        `one in ${signature.parentNode?.nodeName ?? ''}`,
      );
    }
    if (signatures.some((other) => other !== signature && other.parentNode === parent)) {
      refuse('signature-shape', 'one signature of each', 'several');
    }
    admitSignature(signature, parent);
  }
  const signed = (element: Element): boolean => signatures.some(({ parentNode }) => parentNode === element);
  return { responseSigned: signed(response), assertionSigned: signed(assertion) };
}
