import { sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';

/** A message that travels in an address (SAML bindings §3.4). */
export interface RedirectParts {
  readonly location: string;
  readonly parameter: 'SAMLRequest' | 'SAMLResponse';
  readonly xml: string;
  readonly relayState: string | undefined;
  readonly privateKeyPem: string;
}

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

export function signRedirect({ location, parameter, xml, relayState, privateKeyPem }: RedirectParts): string {
  const part = (name: string, value: string): string => `${name}=${encodeURIComponent(value)}`;
  const signed = [
    part(parameter, deflateRawSync(xml).toString('base64')),
    ...(relayState === undefined ? [] : [part('RelayState', relayState)]),
    part('SigAlg', RSA_SHA256),
  ].join('&');
  const signature = sign('sha256', Buffer.from(signed), privateKeyPem).toString('base64');
  return `${location}?${signed}&${part('Signature', signature)}`;
}
