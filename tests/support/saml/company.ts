import { createSign } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { callbackUrlOf, type IdentityProvider, type SamlSettings } from '@fluxo/core';
import {
  providerMetadata,
  responseXml,
  signOutRequestXml,
  signOutResponseXml,
  signRedirect,
  signXml,
  type ResponseParts,
  type SignOutRequestParts,
  type SignOutResponseParts,
} from '@fluxo/example-demo';
import { makeSigningKey } from '@fluxo/server';
import type { HttpAnswer, TestTenant } from '../tenant.js';
import type { Visitor } from '../visitor.js';

const ENTITY_ID = 'https://idp.example/metadata';
const FORMAT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';

export type SamlForm = Readonly<Record<'SAMLResponse' | 'RelayState', string>>;

/** A company's SAML provider that says whatever a test wants it to say. Nobody connects to it: browsers carry all. */
export class SamlCompany {
  readonly #key: Awaited<ReturnType<typeof makeSigningKey>>;
  #count = 0;

  private constructor(key: Awaited<ReturnType<typeof makeSigningKey>>) {
    this.#key = key;
  }

  static async create(): Promise<SamlCompany> {
    return new SamlCompany(await makeSigningKey({ commonName: 'idp.example', now: Date.now() }));
  }

  get settings(): Partial<SamlSettings> {
    return {
      entityId: ENTITY_ID,
      signOnUrl: 'https://idp.example/sso',
      certificates: [this.#key.certificatePem],
    };
  }

  /** What it says of itself. */
  get metadata(): string {
    const [entityId, url] = [ENTITY_ID, 'https://idp.example'];
    return providerMetadata({ entityId, url, certificatePem: this.#key.certificatePem });
  }

  /** What its page posts when that person signed in there. */
  answer(location: string, nameId: string, changes: Partial<ResponseParts> = {}): SamlForm {
    const request = readRequest(location);
    this.#count += 1;
    const xml = responseXml({
      ...{ responseId: `_r${this.#count}`, assertionId: `_a${this.#count}`, sessionIndex: '_s' },
      ...{ issuer: ENTITY_ID, audience: request.issuer, inResponseTo: request.id, now: Date.now() },
      ...{ destination: request.acsUrl, recipient: request.acsUrl, nameId, nameIdFormat: FORMAT },
      attributes: { firstName: ['Bia'], lastName: ['Souza'], email: ['bia@acme.example'] },
      ...changes,
    });
    const signed = signXml(xml, { element: 'Assertion', ...this.#key });
    return { SAMLResponse: Buffer.from(signed).toString('base64'), RelayState: request.relayState };
  }

  /** The address with which it asks for a sign-out. */
  signOut(sloUrl: string, changes: Partial<SignOutRequestParts> = {}, relayState = 'their state'): string {
    const xml = signOutRequestXml({
      ...{ id: `_q${(this.#count += 1)}`, issuer: ENTITY_ID, destination: sloUrl, now: Date.now() },
      ...{ nameId: 'e-1', sessionIndexes: [] },
      ...changes,
    });
    return this.sign({ location: sloUrl, parameter: 'SAMLRequest', xml, relayState });
  }

  /** The address with which it answers ours. */
  answerSignOut(sloUrl: string, location: string, changes: Partial<SignOutResponseParts> = {}): string {
    const { id: inResponseTo, relayState } = readRequest(location);
    const xml = signOutResponseXml({
      ...{ id: `_s${(this.#count += 1)}`, issuer: ENTITY_ID, destination: sloUrl, now: Date.now() },
      ...{ inResponseTo, status: 'Success' },
      ...changes,
    });
    return this.sign({ location: sloUrl, parameter: 'SAMLResponse', xml, relayState });
  }

  signText(hash: 'sha1' | 'sha256', text: string): string {
    return createSign(hash).update(text).sign(this.#key.privateKeyPem, 'base64');
  }

  sign(parts: Omit<Parameters<typeof signRedirect>[0], 'privateKeyPem'>): string {
    return signRedirect({ ...parts, privateKeyPem: this.#key.privateKeyPem });
  }
}

export interface ReadRequest {
  readonly id: string;
  readonly issuer: string;
  readonly acsUrl: string;
  readonly relayState: string;
  readonly text: string;
}

/** Of the redirect binding. */
export function readRequest(location: string): ReadRequest {
  const { searchParams } = new URL(location);
  const text = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
  const find = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';
  return {
    id: find(/\bID="([^"]*)"/),
    issuer: find(/Issuer[^>]*>([^<]*)</),
    acsUrl: find(/AssertionConsumerServiceURL="([^"]*)"/),
    relayState: searchParams.get('RelayState') ?? '',
    text,
  };
}

/** The provider's page posts from another site: without our cookies. */
export function postToAcs(
  tenant: TestTenant,
  provider: IdentityProvider,
  form: Readonly<Record<string, string>>,
): Promise<HttpAnswer> {
  return tenant.send({
    method: 'POST',
    path: new URL(callbackUrlOf(tenant.origin, provider)).pathname,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'cross-site',
      origin: 'https://idp.example',
    },
    body: new URLSearchParams(form).toString(),
  });
}

/** The response, and whatever page the browser comes to then. */
export async function bringResponse(
  visitor: Visitor,
  provider: IdentityProvider,
  form: Readonly<Record<string, string>>,
): Promise<HttpAnswer> {
  const posted = await postToAcs(visitor.tenant, provider, form);
  return posted.status === 303 ? visitor.get(posted.headers['location'] ?? '') : posted;
}
