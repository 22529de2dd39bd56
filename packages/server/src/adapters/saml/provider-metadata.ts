import { X509Certificate } from 'node:crypto';
import { InputError } from '@fluxo/core';
import { describeCertificate, endWarning, type ProviderCertificate } from './certificate-end.js';
import { boundWork } from './decode-message.js';
import { BINDING, NAMESPACE } from './saml-names.js';
import { SamlRefusal } from './saml-refusal.js';
import type { Bindings } from './saml-settings.js';
import { attributeOf, childrenOf, is, parseXml, textOf, type Name } from './xml.js';

export interface ProviderMetadata {
  readonly entityId: string;
  readonly singleSignOn: Bindings;
  /** By redirect; another binding isn't offered to anybody. */
  readonly singleLogout: { readonly url: string; readonly answerUrl: string } | undefined;
  readonly certificates: readonly ProviderCertificate[];
  readonly wantsSignedRequests: boolean;
  readonly nameIdFormats: readonly string[];
  /** Sentences for an administrator: what will stop working, or was left out. */
  readonly warnings: readonly string[];
}

const MAX_CHARACTERS = 256 * 1024;
/** An administrator waits for it, and nobody sends it: providers list hundreds of claims. */
const MAX_TAGS = 1_400;
const MIN_RSA_BITS = 2_048;
const named = (localName: string): Name => [NAMESPACE.metadata, localName];

/** What an identity provider says of itself, as an administrator pasted it or it was fetched. @throws InputError */
export function parseProviderMetadata(text: string, now: number): ProviderMetadata {
  const entity = onlyProvider(parseMetadata(text));
  const descriptor = childrenOf(entity, named('IDPSSODescriptor'))[0] ?? fail('has no identity provider.');
  const { certificates, warnings } = readCertificates(descriptor, now);
  return {
    entityId: attributeOf(entity, 'entityID') ?? fail('names no entityID.'),
    singleSignOn: readSignOn(descriptor),
    singleLogout: readSignOut(descriptor),
    certificates,
    wantsSignedRequests: /^(?:true|1)$/.test(attributeOf(descriptor, 'WantAuthnRequestsSigned') ?? ''),
    nameIdFormats: childrenOf(descriptor, named('NameIDFormat')).flatMap((format) => textOf(format) ?? []),
    warnings,
  };
}

function fail(problem: string): never {
  throw new InputError('metadata', `The metadata ${problem}`);
}

function parseMetadata(text: string): Element {
  if (text.length > MAX_CHARACTERS) fail('is larger than 256 KiB; use one of a single identity provider.');
  // The one thing in XML that makes a small text large, or reads files.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) fail('has a DOCTYPE, which metadata must not have.');
  try {
    boundWork(text, MAX_TAGS);
    return parseXml(text.replace(/^\uFEFF/, '').trimStart()).documentElement;
  } catch (error) {
    if (error instanceof SamlRefusal) fail(`can't be read as XML: ${error.message}.`);
    throw error;
  }
}

/** A federation's file lists hundreds; which of them is meant, only the administrator knows. */
function onlyProvider(root: Element): Element {
  const entities = is(root, named('EntitiesDescriptor'))
    ? childrenOf(root, named('EntityDescriptor'))
    : [root];
  const providers = entities.filter(
    (entity) =>
      is(entity, named('EntityDescriptor')) && childrenOf(entity, named('IDPSSODescriptor')).length > 0,
  );
  const [provider] = providers;
  if (provider === undefined) {
    return fail(
      `describes no identity provider (its root is ${root.localName}); ask for the one of the provider's side.`,
    );
  }
  if (providers.length > 1) {
    const names = providers.slice(0, 5).map((entity) => attributeOf(entity, 'entityID') ?? '?');
    fail(`describes ${providers.length} identity providers (${names.join(', ')}…); use one of a single one.`);
  }
  return provider;
}

function readSignOn(descriptor: Element): Bindings {
  return (
    readBindings(descriptor, 'SingleSignOnService') ??
    fail('offers no sign-in by HTTP-Redirect or HTTP-POST at an https address.')
  );
}

function readSignOut(descriptor: Element): ProviderMetadata['singleLogout'] {
  const service = childrenOf(descriptor, named('SingleLogoutService')).find(
    (candidate) =>
      attributeOf(candidate, 'Binding') === BINDING.redirect &&
      isBrowsable(attributeOf(candidate, 'Location') ?? ''),
  );
  const url = service && attributeOf(service, 'Location');
  if (service === undefined || url === undefined) return undefined;
  const answerUrl = attributeOf(service, 'ResponseLocation') ?? url;
  return { url, answerUrl: isBrowsable(answerUrl) ? answerUrl : url };
}

function readBindings(descriptor: Element, localName: string): Bindings | undefined {
  const services = childrenOf(descriptor, named(localName));
  const locationOf = (binding: string): string | undefined =>
    services
      .filter((service) => attributeOf(service, 'Binding') === binding)
      .map((service) => attributeOf(service, 'Location') ?? '')
      .find(isBrowsable);
  const bindings = { redirect: locationOf(BINDING.redirect), post: locationOf(BINDING.post) };
  return bindings.redirect === undefined && bindings.post === undefined ? undefined : bindings;
}

/** Browsers are sent there with what the person types next: https, or this very machine. */
function isBrowsable(location: string): boolean {
  if (!URL.canParse(location)) return false;
  const { protocol, hostname, username, password } = new URL(location);
  const local = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && local)) && username === '' && password === '';
}

type Certificates = Pick<ProviderMetadata, 'certificates' | 'warnings'>;

function readCertificates(descriptor: Element, now: number): Certificates {
  const texts = childrenOf(descriptor, named('KeyDescriptor'))
    .filter((key) => (attributeOf(key, 'use') ?? 'signing') === 'signing')
    .flatMap((key) => Array.from(key.getElementsByTagNameNS(NAMESPACE.signature, 'X509Certificate')))
    .map((element) => element.textContent.replace(/\s/g, ''));
  const certificates: ProviderCertificate[] = [];
  const warnings: string[] = [];
  for (const base64 of new Set(texts)) {
    const read = readCertificate(base64);
    if (typeof read === 'string') {
      warnings.push(read);
      continue;
    }
    certificates.push(read);
    warnings.push(...endWarning(read, now));
  }
  if (certificates.length === 0) fail(`has no certificate that can be used. ${warnings.join(' ')}`.trim());
  if (certificates.length > 4)
    fail(`has ${certificates.length} certificates for signatures; four are the most.`);
  return { certificates, warnings };
}

/** @returns the reason as a sentence where it can't be used */
function readCertificate(base64: string): ProviderCertificate | string {
  try {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'));
    const described = describeCertificate(certificate);
    const { subject } = described;
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
    const bits = details?.modulusLength ?? 0;
    if (type !== 'rsa')
      return `The certificate ${subject} has a key of type ${type ?? 'unknown'}; RSA is needed.`;
    if (bits < MIN_RSA_BITS)
      return `The key of the certificate ${subject} has ${bits} bits; 2048 are needed.`;
    return described;
  } catch {
    return 'A certificate could not be read.';
  }
}
