import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeSigningKey } from '@fluxo/server';
import { errorPage, peoplePage, postPage, signedOutPage } from './pages.js';
import { providerMetadata } from './provider-metadata-xml.js';
import { readAuthnRequest, readSignOutRequest } from './read-request.js';
import { responseXml } from './response-xml.js';
import { signOutResponseXml } from './sign-out-xml.js';
import { signRedirect } from './sign-redirect.js';
import { signXml } from './sign-xml.js';

export interface Person {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

/** Who may ask this provider, and where the answer goes, whatever a request says. */
export interface ServiceProvider {
  readonly entityId: string;
  readonly acsUrl: string;
  /** Where it hears of sign-outs; undefined: nowhere. */
  readonly sloUrl?: string;
}

export interface DemoIdentityProviderOptions {
  readonly people: readonly Person[];
  /** Asked anew for each request: the demo learns its own address only after it started. */
  readonly serviceProviders: () => readonly ServiceProvider[];
  /** 0 lets the operating system choose. */
  readonly port: number;
}

export interface DemoIdentityProvider {
  readonly url: string;
  readonly entityId: string;
  readonly metadata: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const MAX_BODY_BYTES = 64 * 1024;
const FORMAT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';

/**
 * A company's SAML 2.0 identity provider, small, on loopback: whoever presses a name is that person. For the demo and
 * for tests; its key lives as long as the process.
 */
export async function startDemoIdentityProvider(
  options: DemoIdentityProviderOptions,
): Promise<DemoIdentityProvider> {
  const key = await makeSigningKey({ commonName: 'Demo identity provider', now: Date.now() });
  const server = createServer((request, response) => {
    answer(request).then(
      (page) => send(response, page),
      (error: unknown) => send(response, errorPage(error instanceof Error ? error.message : 'unknown')),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, HOST, resolve);
  });
  const url = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  const entityId = `${url}/metadata`;
  const metadata = providerMetadata({ url, entityId, certificatePem: key.certificatePem });

  async function answer(request: IncomingMessage): Promise<Page> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const form = request.method === 'POST' ? await readForm(request) : searchParams;
    const binding = request.method === 'POST' ? 'post' : 'redirect';
    if (pathname === '/metadata') return { type: 'application/samlmetadata+xml', body: metadata };
    if (pathname === '/sso') return signOn(form, binding);
    if (pathname === '/answer' && binding === 'post') return respond(form);
    if (pathname === '/slo') return signOut(searchParams);
    throw new Error('There is nothing at this address.');
  }

  function signOn(form: URLSearchParams, binding: 'redirect' | 'post'): Page {
    const request = readAuthnRequest(form.get('SAMLRequest') ?? '', binding);
    const known = providerOf(request.issuer);
    if (request.acsUrl !== undefined && request.acsUrl !== known.acsUrl)
      throw new Error('Another ACS address.');
    const fields = { issuer: request.issuer, request: request.id, RelayState: form.get('RelayState') ?? '' };
    return peoplePage(options.people, fields);
  }

  /** Nobody has a session here that could end, so the answer is always yes. */
  function signOut(query: URLSearchParams): Page {
    const request = readSignOutRequest(query.get('SAMLRequest') ?? '');
    const { sloUrl } = providerOf(request.issuer);
    if (sloUrl === undefined) return signedOutPage();
    const xml = signOutResponseXml({
      ...{ id: newId(), issuer: entityId, destination: sloUrl, now: Date.now() },
      ...{ inResponseTo: request.id, status: 'Success' },
    });
    const relayState = query.get('RelayState') ?? undefined;
    const location = signRedirect({
      ...{ location: sloUrl, parameter: 'SAMLResponse', xml, relayState },
      privateKeyPem: key.privateKeyPem,
    });
    return { type: 'text/plain', body: '', status: 302, location };
  }

  function respond(form: URLSearchParams): Page {
    const { entityId: audience, acsUrl } = providerOf(form.get('issuer') ?? '');
    const person = options.people.find(({ username }) => username === form.get('username'));
    if (person === undefined) throw new Error('Nobody has this name here.');
    const xml = responseXml({
      ...{ responseId: newId(), assertionId: newId(), sessionIndex: newId(), issuer: entityId, audience },
      ...{ destination: acsUrl, recipient: acsUrl, inResponseTo: form.get('request') ?? '' },
      ...{ nameId: person.username, nameIdFormat: FORMAT, now: Date.now() },
      attributes: { firstName: [person.firstName], lastName: [person.lastName], email: [person.email] },
    });
    const signed = signXml(xml, { element: 'Assertion', ...key });
    const SAMLResponse = Buffer.from(signed).toString('base64');
    return postPage(acsUrl, { SAMLResponse, RelayState: form.get('RelayState') ?? '' });
  }

  function providerOf(issuer: string): ServiceProvider {
    const known = options.serviceProviders().find((provider) => provider.entityId === issuer);
    if (known === undefined) throw new Error(`Nobody told this provider of ${issuer}.`);
    return known;
  }

  return { url, entityId, metadata, close: () => closeServer(server) };
}

export interface Page {
  readonly type: string;
  readonly body: string;
  readonly status?: number;
  readonly location?: string;
}

function newId(): string {
  return `_${randomBytes(16).toString('hex')}`;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk;
    if (text.length > MAX_BODY_BYTES) throw new Error('That is too long.');
  }
  return new URLSearchParams(text);
}

function send(response: ServerResponse, { type, body, status, location }: Page): void {
  const headers = { 'content-type': type, 'cache-control': 'no-store' };
  response.writeHead(status ?? 200, location === undefined ? headers : { ...headers, location }).end(body);
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
