import { randomBytes, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { NAMESPACE, RSA_SHA256, SUCCESS } from './saml-names.js';
import type { SamlSettings } from './saml-settings.js';

export interface SignOutReply {
  readonly inResponseTo: string;
  /** Goes back as it came. */
  readonly relayState: string | undefined;
}

const ID_BYTES = 16;

/**
 * Where the browser carries our LogoutResponse; undefined where the provider takes none by redirect. By hand: the
 * library writes a relay state otherwise into the address than into what it signs.
 */
export function answerSignOut(settings: SamlSettings, reply: SignOutReply): string | undefined {
  const destination = settings.provider.singleLogout?.answerUrl;
  if (destination === undefined) return undefined;
  const xml = responseXml({ ...reply, destination, issuer: settings.entityId });
  const parts = [part('SAMLResponse', deflateRawSync(xml).toString('base64'))];
  if (reply.relayState !== undefined) parts.push(part('RelayState', reply.relayState));
  const { signOutKey } = settings;
  if (signOutKey !== undefined) {
    parts.push(part('SigAlg', RSA_SHA256));
    const signature = sign('sha256', Buffer.from(parts.join('&')), signOutKey.privateKeyPem);
    parts.push(part('Signature', signature.toString('base64')));
  }
  return `${destination}${destination.includes('?') ? '&' : '?'}${parts.join('&')}`;
}

function part(name: string, value: string): string {
  return `${name}=${encodeURIComponent(value)}`;
}

function responseXml(said: Readonly<Record<'inResponseTo' | 'destination' | 'issuer', string>>): string {
  return (
    `<samlp:LogoutResponse xmlns:samlp="${NAMESPACE.protocol}" ID="_${randomBytes(ID_BYTES).toString('hex')}" ` +
    `Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${escapeXml(said.destination)}" ` +
    `InResponseTo="${escapeXml(said.inResponseTo)}">` +
    `<saml:Issuer xmlns:saml="${NAMESPACE.assertion}">${escapeXml(said.issuer)}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="${SUCCESS}"/></samlp:Status></samlp:LogoutResponse>`
  );
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
