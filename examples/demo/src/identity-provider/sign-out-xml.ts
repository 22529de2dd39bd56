import { escapeXml } from './response-xml.js';

/** What every message about a sign-out says. Tests change one thing of it at a time. */
export interface SignOutParts {
  readonly id: string;
  readonly issuer: string;
  readonly destination: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface SignOutRequestParts extends SignOutParts {
  readonly nameId: string;
  readonly sessionIndexes: readonly string[];
}

export interface SignOutResponseParts extends SignOutParts {
  readonly inResponseTo: string;
  readonly status: string;
}

const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion';

export function signOutRequestXml({ nameId, sessionIndexes, ...parts }: SignOutRequestParts): string {
  const indexes = sessionIndexes.map(
    (index) => `<samlp:SessionIndex>${escapeXml(index)}</samlp:SessionIndex>`,
  );
  const nameIdXml = `<saml:NameID xmlns:saml="${ASSERTION}">${escapeXml(nameId)}</saml:NameID>`;
  return message('LogoutRequest', parts, '', nameIdXml + indexes.join(''));
}

export function signOutResponseXml({ inResponseTo, status, ...parts }: SignOutResponseParts): string {
  const code = `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/>`;
  const more = ` InResponseTo="${escapeXml(inResponseTo)}"`;
  return message('LogoutResponse', parts, more, `<samlp:Status>${code}</samlp:Status>`);
}

function message(
  ...[name, parts, more, inner]: [name: string, parts: SignOutParts, more: string, inner: string]
): string {
  const { id, issuer, destination, now } = parts;
  return (
    `<samlp:${name} xmlns:samlp="${PROTOCOL}" ID="${escapeXml(id)}" Version="2.0" ` +
    `IssueInstant="${new Date(now).toISOString()}" Destination="${escapeXml(destination)}"${more}>` +
    `<saml:Issuer xmlns:saml="${ASSERTION}">${escapeXml(issuer)}</saml:Issuer>${inner}</samlp:${name}>`
  );
}
