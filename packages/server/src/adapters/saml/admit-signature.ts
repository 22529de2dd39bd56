import { DIGEST_METHODS, ENVELOPED, EXCLUSIVE_C14N, NAMESPACE, SIGNATURE_METHODS } from './saml-names.js';
import { refuse } from './saml-refusal.js';
import { attributeOf, elementsIn, is, isText, nodesIn } from './xml.js';

/** What is looked for by name anywhere inside a signature: a second one in KeyInfo could be found instead. */
const ONCE: ReadonlySet<string> = new Set([
  ...['Signature', 'SignedInfo', 'CanonicalizationMethod', 'SignatureMethod', 'SignatureValue', 'Reference'],
  ...['Transforms', 'Transform', 'DigestMethod', 'DigestValue', 'Manifest', 'Object'],
]);

/**
 * XML Signature lets a sender choose nearly everything; of this, the one form that providers send is left: SignedInfo
 * once, one reference to the element that the signature stands in, enveloped and exclusive canonicalization.
 * @throws SamlRefusal
 */
export function admitSignature(signature: Element, parent: Element): void {
  refuseUnless(is(signature, [NAMESPACE.signature, 'Signature']), 'a Signature', signature);
  const [signedInfo, signatureValue, keyInfo, ...more] = elementsIn(signature);
  if (signedInfo === undefined || signatureValue === undefined || more.length > 0) {
    return refuseShape('SignedInfo, SignatureValue, KeyInfo', signature);
  }
  admitSignedInfo(expect(signedInfo, 'SignedInfo'), parent);
  admitBase64(expect(signatureValue, 'SignatureValue'));
  if (keyInfo !== undefined) admitKeyInfo(expect(keyInfo, 'KeyInfo'));
}

function admitSignedInfo(signedInfo: Element, parent: Element): void {
  const [canonicalization, method, reference] = exactly(signedInfo, [
    'CanonicalizationMethod',
    'SignatureMethod',
    'Reference',
  ]);
  admitAlgorithm(canonicalization, new Set([EXCLUSIVE_C14N]));
  admitAlgorithm(method, SIGNATURE_METHODS);
  const identifier = attributeOf(parent, 'ID') ?? '';
  const uri = attributeOf(reference, 'URI') ?? 'none';
  if (!/^[A-Za-z_][\w.-]{0,255}$/.test(identifier) || uri !== `#${identifier}`) {
    refuse('signature-shape', `a reference to #${identifier}, where the signature stands`, uri);
  }
  const [transforms, digestMethod, digestValue] = exactly(reference, [
    'Transforms',
    'DigestMethod',
    'DigestValue',
  ]);
  admitTransforms(transforms);
  admitAlgorithm(digestMethod, DIGEST_METHODS);
  admitBase64(digestValue);
}

function admitTransforms(transforms: Element): void {
  const [enveloped, exclusive] = exactly(transforms, ['Transform', 'Transform']);
  admitAlgorithm(enveloped, new Set([ENVELOPED]));
  const algorithm = attributeOf(exclusive, 'Algorithm') ?? 'none';
  if (algorithm !== EXCLUSIVE_C14N) refuse('signature-algorithm', EXCLUSIVE_C14N, algorithm);
  // Prefixes that count although they aren't visibly used, as xs in xsi:type="xs:string"; several send this.
  const [inclusive, ...more] = elementsIn(exclusive);
  if (inclusive === undefined) return;
  const plain = is(inclusive, [NAMESPACE.exclusive, 'InclusiveNamespaces']) && more.length === 0;
  refuseUnless(plain && nodesIn(inclusive).length === 0, 'InclusiveNamespaces', exclusive);
  const prefixes = attributeOf(inclusive, 'PrefixList') ?? '';
  refuseUnless(/^[\w.-]+(?: [\w.-]+){0,15}$/.test(prefixes), 'a list of prefixes', inclusive);
}

/** It may say which key it was, and nobody listens; but nothing that verification looks for may hide there. */
function admitKeyInfo(keyInfo: Element): void {
  for (const inner of Array.from(keyInfo.getElementsByTagName('*'))) {
    refuseUnless(!ONCE.has(inner.localName), 'a KeyInfo that names a key', inner);
  }
}

/** An algorithm without parameters. */
function admitAlgorithm(element: Element, allowed: ReadonlySet<string>): void {
  const algorithm = attributeOf(element, 'Algorithm') ?? 'none';
  if (!allowed.has(algorithm)) refuse('signature-algorithm', [...allowed].join(' or '), algorithm);
  refuseUnless(elementsIn(element).length === 0, 'an algorithm without parameters', element);
}

/** A comment in the digest made one reader see less than the other (CVE-2025-29775). */
function admitBase64(element: Element): void {
  const text = nodesIn(element)
    .map((node) => node.nodeValue ?? '')
    .join('');
  refuseUnless(nodesIn(element).every(isText) && /^[A-Za-z0-9+/=\s]+$/.test(text), 'base64', element);
}

function exactly<Names extends readonly string[]>(
  parent: Element,
  names: readonly [...Names],
): { readonly [Index in keyof Names]: Element } {
  const children = elementsIn(parent);
  const right = children.length === names.length && names.every((name, at) => isNamed(children[at], name));
  if (!right) refuseShape(names.join(', '), parent);
  return children as unknown as { readonly [Index in keyof Names]: Element };
}

function expect(element: Element, name: string): Element {
  return isNamed(element, name) ? element : refuseShape(name, element);
}

function isNamed(element: Element | undefined, name: string): boolean {
  return element !== undefined && is(element, [NAMESPACE.signature, name]);
}

function refuseUnless(right: boolean, expected: string, where: Element): void {
  if (!right) refuseShape(expected, where);
}

function refuseShape(expected: string, where: Element): never {
  const children = elementsIn(where).map(({ localName }) => localName);
  return refuse('signature-shape', expected, `${where.localName} of ${children.join(', ') || 'nothing'}`);
}
