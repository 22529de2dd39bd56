import { DOMParser } from '@xmldom/xmldom';
import { refuse } from './saml-refusal.js';

const ELEMENT = 1;
const TEXT = 3;
const MAX_VALUE_CHARACTERS = 2_048;

/** Namespace and local name: prefixes mean nothing. */
export type Name = readonly [namespace: string, localName: string];

/**
 * With the parser that the SAML library has, and no other: two parsers that read one text differently were the end of
 * more than one implementation. What it only warns of is refused too. @throws SamlRefusal
 */
export function parseXml(text: string): Document {
  const fail = (message: string): never => refuse('xml', 'well-formed XML', message);
  try {
    const errorHandler = { warning: fail, error: fail, fatalError: fail };
    const document = new DOMParser({ errorHandler }).parseFromString(text, 'text/xml') as
      Document | undefined;
    // Of a text without any element, the parser makes a document without one, or none at all.
    if (document === undefined || elementsIn(document).length === 0) return fail('no element');
    return document;
  } catch (error) {
    if (error instanceof Error && error.name === 'SamlRefusal') throw error;
    return fail(error instanceof Error ? error.message : 'no document');
  }
}

export function isElement(node: Node): node is Element {
  return node.nodeType === ELEMENT;
}

export function isText(node: Node): boolean {
  return node.nodeType === TEXT;
}

export function nodesIn(parent: Node): readonly Node[] {
  return Array.from(parent.childNodes);
}

export function elementsIn(parent: Node): readonly Element[] {
  return nodesIn(parent).filter(isElement);
}

export function is(element: Element, [namespace, localName]: Name): boolean {
  return element.namespaceURI === namespace && element.localName === localName;
}

export function childrenOf(parent: Node, name: Name): readonly Element[] {
  return elementsIn(parent).filter((element) => is(element, name));
}

/** Undefined unless there is exactly one. */
export function onlyChild(parent: Node, name: Name): Element | undefined {
  const found = childrenOf(parent, name);
  return found.length === 1 ? found[0] : undefined;
}

/** Undefined where there is no such attribute, which isn't the same as an empty one. */
export function attributeOf(element: Element, name: string): string | undefined {
  return element.hasAttribute(name) ? (element.getAttribute(name) ?? undefined) : undefined;
}

/** The whole text of an element that has nothing but text; undefined otherwise, and when it is empty. */
export function textOf(element: Element | undefined): string | undefined {
  if (element === undefined) return undefined;
  const nodes = nodesIn(element);
  const text = nodes
    .map((node) => node.nodeValue ?? '')
    .join('')
    .trim();

  const strange =
    text.length > MAX_VALUE_CHARACTERS || /[\u{0}-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{fffe}\u{ffff}]/u.test(text);
  return text === '' || strange || !nodes.every(isText) ? undefined : text;
}
