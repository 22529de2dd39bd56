import { inflateRawSync } from 'node:zlib';
import { DOMParser } from '@xmldom/xmldom';

/** As much of an AuthnRequest as the demo's provider looks at. It answers only addresses that it was told of. */
export interface AuthnRequest {
  readonly id: string;
  readonly issuer: string;
  readonly acsUrl: string | undefined;
  readonly forceAuthn: boolean;
}

const MAX_BYTES = 64 * 1024;

/** As much of a LogoutRequest. */
export type SignOutRequest = Pick<AuthnRequest, 'id' | 'issuer'>;

/** @throws Error when it is none */
export function readAuthnRequest(samlRequest: string, binding: 'redirect' | 'post'): AuthnRequest {
  const request = parse('AuthnRequest', samlRequest, binding);
  return {
    ...idAndIssuer(request),
    acsUrl: request.getAttribute('AssertionConsumerServiceURL') ?? undefined,
    forceAuthn: request.getAttribute('ForceAuthn') === 'true',
  };
}

/** @throws Error when it is none */
export function readSignOutRequest(samlRequest: string): SignOutRequest {
  return idAndIssuer(parse('LogoutRequest', samlRequest, 'redirect'));
}

function parse(name: string, samlRequest: string, binding: 'redirect' | 'post'): Element {
  const sent = Buffer.from(samlRequest, 'base64');
  const bytes = binding === 'redirect' ? inflateRawSync(sent, { maxOutputLength: MAX_BYTES }) : sent;
  const document = new DOMParser().parseFromString(bytes.toString('utf8'), 'text/xml');
  const request = document.documentElement;
  if (request.localName !== name) throw new Error(`It is a ${request.localName}.`);
  return request;
}

function idAndIssuer(request: Element): SignOutRequest {
  return {
    id: request.getAttribute('ID') ?? '',
    issuer: (request.getElementsByTagNameNS('*', 'Issuer')[0]?.textContent ?? '').trim(),
  };
}
