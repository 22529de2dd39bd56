import { verify, X509Certificate } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { decodeBase64, readText } from './decode-message.js';
import { DEFLATE, SIGNATURE_METHODS } from './saml-names.js';
import { refuse } from './saml-refusal.js';

/** A signed message, as it came in an address. */
export interface RedirectMessage {
  readonly parameter: 'SAMLRequest' | 'SAMLResponse';
  readonly text: string;
  readonly relayState: string | undefined;
}

const MAX_MESSAGE_BYTES = 32 * 1024;
const MAX_RELAY_STATE_CHARACTERS = 1_000;
const NAMES = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'] as const;
type Parts = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

/**
 * SAML bindings §3.4.4.1: signed is the address, character for character, before anything in it is decoded. A message
 * without a signature says nothing. @param certificates the provider's, as PEM @throws SamlRefusal
 */
export function openRedirect(query: string, certificates: readonly string[]): RedirectMessage {
  const parts = partsOf(query);
  const parameter = parts.SAMLRequest === undefined ? 'SAMLResponse' : 'SAMLRequest';
  const message = parts[parameter];
  if (message === undefined || (parts.SAMLRequest !== undefined && parts.SAMLResponse !== undefined)) {
    return refuse('structure', 'a SAMLRequest or a SAMLResponse', 'none or both');
  }
  verifyParts(parts, parameter, certificates);
  const encoding = parts.SAMLEncoding === undefined ? DEFLATE : decode(parts.SAMLEncoding);
  if (encoding !== DEFLATE) refuse('encoding', DEFLATE, encoding);
  const relayState = parts.RelayState === undefined ? undefined : decode(parts.RelayState);
  if ((relayState?.length ?? 0) > MAX_RELAY_STATE_CHARACTERS) refuse('size', 'a RelayState', 'a long text');
  return { parameter, text: readText(inflate(decodeBase64(decode(message)))), relayState };
}

/** Of two of one name nobody knows which was signed. */
function partsOf(query: string): Parts {
  const parts: Partial<Record<(typeof NAMES)[number], string>> = {};
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=');
    const name = NAMES.find((known) => known === pair.slice(0, at));
    if (name === undefined) continue;
    if (parts[name] !== undefined) refuse('structure', `${name} once`, 'twice');
    parts[name] = pair.slice(at + 1);
  }
  return parts;
}

function verifyParts(
  parts: Parts,
  parameter: RedirectMessage['parameter'],
  certificates: readonly string[],
): void {
  if (parts.Signature === undefined || parts.SigAlg === undefined)
    return refuse('signature', 'a signature', 'none');
  const algorithm = decode(parts.SigAlg);
  if (!SIGNATURE_METHODS.has(algorithm))
    refuse('signature-algorithm', [...SIGNATURE_METHODS].join(' or '), algorithm);
  const signed = ([parameter, 'RelayState', 'SigAlg'] as const)
    .filter((name) => parts[name] !== undefined)
    .map((name) => `${name}=${parts[name] ?? ''}`)
    .join('&');
  const signature = decodeBase64(decode(parts.Signature));
  const hash = algorithm.endsWith('sha512') ? 'sha512' : 'sha256';
  const proven = certificates.some((pem) => {
    const key = new X509Certificate(pem).publicKey;
    return key.asymmetricKeyType === 'rsa' && verify(hash, Buffer.from(signed), key, signature);
  });
  if (!proven) refuse('signature', 'a signature by a certificate of the provider', 'another');
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return refuse('encoding', 'percent-encoded UTF-8', 'another');
  }
}

function inflate(bytes: Buffer): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: MAX_MESSAGE_BYTES });
  } catch {
    return refuse('encoding', `at most ${MAX_MESSAGE_BYTES} deflated bytes`, 'others');
  }
}
