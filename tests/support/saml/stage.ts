import { responseXml, signXml, type ResponseParts, type SigningOptions } from '@fluxo/example-demo';
import { makeSigningKey, samlServiceProvider, type SamlSettings } from '@fluxo/server';

export type Accepting = Awaited<ReturnType<ReturnType<typeof samlServiceProvider>['acceptResponse']>>;
type Key = Awaited<ReturnType<typeof makeSigningKey>>;

export const SAML_NOW = Date.parse('2026-11-24T12:00:00Z');
export const REQUEST_ID = '_0123456789abcdef0123456789abcdef';
export const IDP = 'https://idp.example/metadata';
export const SP = 'https://acme.my.example.com/saml';
export const ACS = 'https://acme.my.example.com/saml/acs';
const SLO = 'https://acme.my.example.com/saml/slo';
export const ANA = 'ana@acme.example';
export const EVE = 'admin@acme.example';

const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const PLAIN_METHODS = { signatureMethod: RSA_SHA256, digestMethod: SHA256 } as const;

/** A provider with its key, an attacker with another, and us. */
export interface SamlStage {
  readonly key: Key;
  readonly attackersKey: Key;
  readonly settings: SamlSettings;
  accept(xml: string, at?: number): Promise<Accepting>;
  acceptBase64(base64: string): Promise<Accepting>;
  /** The provider's signature, unless told otherwise. */
  sign(xml: string, element: SigningOptions['element'], options?: Partial<SigningOptions>): string;
  /** Of ana, as the provider sends it. */
  signed(what: 'assertion' | 'response' | 'both', changes?: Partial<ResponseParts>): string;
}

const PARTS: ResponseParts = {
  ...{ responseId: '_response', assertionId: '_assertion', sessionIndex: '_session' },
  ...{ issuer: IDP, audience: SP, destination: ACS, recipient: ACS, inResponseTo: REQUEST_ID },
  ...{ nameId: ANA, nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress', now: SAML_NOW },
  attributes: { firstName: ['Ana'], lastName: ['Souza'], email: [ANA], groups: ['a', 'b'] },
};

export function plainResponse(changes: Partial<ResponseParts> = {}): string {
  return responseXml({ ...PARTS, ...changes });
}

export async function samlStage(): Promise<SamlStage> {
  const [key, attackersKey] = await Promise.all([
    makeSigningKey({ commonName: 'idp.example', now: SAML_NOW }),
    makeSigningKey({ commonName: 'idp.example', now: SAML_NOW }),
  ]);
  const provider = {
    entityId: IDP,
    singleSignOn: { redirect: 'https://idp.example/sso' },
    certificates: [key.certificatePem],
  };
  const settings: SamlSettings = { entityId: SP, acsUrl: ACS, sloUrl: SLO, provider };
  const us = samlServiceProvider(settings);
  const sign: SamlStage['sign'] = (xml, element, options) => signXml(xml, { ...key, ...options, element });
  return {
    ...{ key, attackersKey, settings, sign },
    accept: (xml, now = SAML_NOW) =>
      us.acceptResponse(Buffer.from(xml).toString('base64'), { expectedRequestId: REQUEST_ID, now }),
    acceptBase64: (base64) => us.acceptResponse(base64, { expectedRequestId: REQUEST_ID, now: SAML_NOW }),
    signed: (what, changes) => {
      const plain = plainResponse(changes);
      const inner = what === 'response' ? plain : sign(plain, 'Assertion');
      return what === 'assertion' ? inner : sign(inner, 'Response');
    },
  };
}

/** `refused: check`, or who was let in. */
export function outcomeOf(answer: Accepting): string {
  return answer.kind === 'refused' ? `refused: ${answer.check}` : `accepted: ${answer.subject.nameId}`;
}

/** Replaces a text that must be there: an attack that changed nothing shows nothing. */
export function change(xml: string, find: string | RegExp, replacement: string): string {
  const changed = xml.replace(find, () => replacement);
  if (changed === xml) throw new Error(`Nothing was changed: ${String(find)}`);
  return changed;
}

/** The first element of that name, with its content, as it stands in the text. */
export function cut(xml: string, name: string): string {
  const found = new RegExp(`<${name}[\\s>][^]*?</${name}>`).exec(xml)?.[0];
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}
