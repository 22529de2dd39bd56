import {
  callbackUrlOf,
  metadataUrlOf,
  mintTestTicket,
  type IdentityProvider,
  type SamlSettings,
} from '@fluxo/core';
import { startDemoIdentityProvider, type DemoIdentityProvider } from '@fluxo/example-demo';
import { makeSigningKey, parseProviderMetadata } from '@fluxo/server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import {
  addSamlProvider,
  buttonOf,
  changeProvider,
  expectNewPerson,
  forwardOf,
  linkUser,
} from '../support/identity.js';
import { bringResponse, readRequest, SamlCompany } from '../support/saml/company.js';
import { useStage } from '../support/stage.js';
import type { HttpAnswer, TestApplication } from '../support/tenant.js';
import { hiddenValueOf, pageOf, type Visitor } from '../support/visitor.js';

const BIA = { username: 'bia', firstName: 'Bia', lastName: 'Souza', email: 'bia@acme.example' };
const NEW = { username: 'novo', firstName: 'Novo', lastName: 'Lima', email: 'novo@acme.example' };

const stage = useStage();
let company: DemoIdentityProvider;
let provider: IdentityProvider;
let administrator: Administrator;
let app: TestApplication;

beforeAll(async () => {
  const { acme } = stage;
  company = await startDemoIdentityProvider({
    people: [BIA, NEW],
    serviceProviders: () => [
      { entityId: metadataUrlOf(acme.origin, provider), acsUrl: callbackUrlOf(acme.origin, provider) },
    ],
    port: 0,
  });
  const { entityId, certificates } = parseProviderMetadata(company.metadata, Date.now());
  const key = await makeSigningKey({ commonName: 'acme.my.localhost', now: Date.now() });
  provider = await addSamlProvider(
    acme,
    {
      ...{ entityId, certificates: certificates.map(({ pem }) => pem), signOnUrl: `${company.url}/sso` },
      signingCertificate: key.certificatePem,
    },
    { name: 'The company', emailDomains: ['acme.example'] },
  );
  provider = await changeProvider(acme, provider, { secret: key.privateKeyPem });
  administrator = new Administrator(acme);
  app = await acme.application();
  await linkUser(acme, await acme.user('bia'), { provider, federationId: BIA.username });
});
afterAll(() => company.close());
beforeEach(() => administrator.changeSettings({ singleSignOn: 'offered' }));

/** Presses a name at the company, and posts what its page posts. */
async function signInAt(asked: HttpAnswer | string, visitor: Visitor, username: string): Promise<HttpAnswer> {
  const page = typeof asked === 'string' ? await pageAt(asked) : asked;
  const fields = fieldsOf(page, ['issuer', 'request', 'RelayState']);
  const answer = await pageAt(`${company.url}/answer`, { ...fields, username });
  return bringResponse(visitor, provider, fieldsOf(answer, ['SAMLResponse', 'RelayState']));
}

function fieldsOf(page: HttpAnswer, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, hiddenValueOf(page, name)]));
}

function settings(): SamlSettings {
  if (provider.settings.kind === 'saml') return provider.settings;
  throw new Error('It is another kind of provider.');
}

async function pageAt(url: string, form?: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  const init = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
  const answer = await fetch(url, init);
  return { status: answer.status, headers: {}, setCookies: [], body: await answer.text() };
}

const codeOf = ({ headers }: HttpAnswer): string =>
  new URL(headers['location'] ?? 'about:blank').searchParams.get('code') ?? '';

async function sentFromAccount(visitor: Visitor): Promise<string> {
  return forwardOf(await visitor.get(buttonOf(await visitor.get('/account'), provider)));
}

describe('from the application through the company’s SAML provider and back', () => {
  test('by redirect: a code comes, for the user who is linked, and it is good', async () => {
    const visitor = stage.acme.visitor();
    const page = await visitor.authorize(app, { state: 's' });
    const location = forwardOf(await visitor.get(buttonOf(page, provider)));
    const back = await signInAt(location, visitor, BIA.username);
    const consent = await visitor.get(back.headers['location'] ?? '');
    expect(consent.body).toContain('bia');
    const answer = await visitor.decide(consent, 'allow');
    expect(answer.headers['location']).toContain('state=s');
    expect((await stage.acme.exchange(app, codeOf(answer))).status).toBe(200);
    const [signedIn] = await administrator.eventsOf('user.signed-in');
    expect(signedIn?.detail).toBe(provider.id);
  });

  test('by a form, where the provider wants one: a button without script, to that provider and where it leads on', async () => {
    provider = await changeProvider(stage.acme, provider, { saml: { signOnBinding: 'post' } });
    const visitor = stage.acme.visitor();
    const page = await visitor.get(buttonOf(await visitor.get('/account'), provider));
    expect([page.status, pageOf(page).page, page.headers['refresh']]).toEqual([
      200,
      'sign-in-forward',
      undefined,
    ]);
    expect(page.headers['content-security-policy']).toContain(`form-action 'self' ${company.url} https:`);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    const action = /action="([^"]*)"/.exec(page.body)?.[1] ?? '';
    const asked = await pageAt(action, fieldsOf(page, ['SAMLRequest', 'RelayState']));
    expect((await signInAt(asked, visitor, BIA.username)).headers['location']).toBe('/account');
    provider = await changeProvider(stage.acme, provider, { saml: { signOnBinding: 'redirect' } });
  });

  test('who comes for the first time gets a user where the provider may make one, and a new name at each visit', async () => {
    const visit = async (): Promise<HttpAnswer> => {
      const visitor = stage.acme.visitor();
      return signInAt(await sentFromAccount(visitor), visitor, NEW.username);
    };
    expect(pageOf(await visit()).problem).toBe('unknown-person');
    provider = await changeProvider(stage.acme, provider, { autoProvision: true, updateNames: true });
    expect((await visit()).headers['location']).toBe('/account');
    await expectNewPerson(stage.acme, NEW.email, visit);
  });

  test('required: the authorization page opens the provider at once; prompt=login asks it to ask anew', async () => {
    await administrator.changeSettings({ singleSignOn: 'required' });
    const at = async (params = {}): Promise<string> =>
      forwardOf(await stage.acme.visitor().authorize(app, params));
    expect(readRequest(await at()).text).not.toContain('ForceAuthn="true"');
    expect(readRequest(await at({ prompt: 'login' })).text).toContain('ForceAuthn="true"');
  });

  test('requests are signed where the provider wants that, with the key of our metadata', async () => {
    const metadata = await stage.acme.visitor().get(`/sign-in/saml/${provider.id}/metadata`);
    expect([metadata.status, metadata.headers['content-type']]).toEqual([
      200,
      'application/samlmetadata+xml; charset=utf-8',
    ]);
    const { signingCertificate: certificate } = settings();
    expect(metadata.body.replaceAll(/\s/g, '')).toContain(certificate.split('\n').slice(1, -2).join(''));
    expect(metadata.body).toContain(callbackUrlOf(stage.acme.origin, provider));
    expect(metadata.body).toContain(`entityID="${metadataUrlOf(stage.acme.origin, provider)}"`);
    expect(metadata.body).not.toContain('PRIVATE');
    expect(new URL(await sentFromAccount(stage.acme.visitor())).searchParams.has('Signature')).toBe(false);
    provider = await changeProvider(stage.acme, provider, { saml: { signRequests: true } });
    const visitor = stage.acme.visitor();
    const location = await sentFromAccount(visitor);
    expect(new URL(location).searchParams.get('SigAlg')).toContain('rsa-sha256');
    expect((await signInAt(location, visitor, BIA.username)).headers['location']).toBe('/account');
  });

  test('two certificates stand side by side while the company changes from one to the other', async () => {
    const next = await SamlCompany.create();
    const { certificates, entityId } = settings();
    const visit = async (): Promise<HttpAnswer> => {
      const visitor = stage.acme.visitor();
      const form = next.answer(await sentFromAccount(visitor), BIA.username, { issuer: entityId });
      return bringResponse(visitor, provider, form);
    };
    expect(pageOf(await visit()).problem).toBe('invalid');
    const both = [...certificates, ...(next.settings.certificates ?? [])];
    await changeProvider(stage.acme, provider, { saml: { certificates: both } });
    expect((await visit()).headers['location']).toBe('/account');
    const visitor = stage.acme.visitor();
    const old = await signInAt(await sentFromAccount(visitor), visitor, BIA.username);
    expect(old.headers['location']).toBe('/account');
    provider = await changeProvider(stage.acme, provider, { saml: { certificates } });
  });
});

describe('a test of it', () => {
  async function tried(): Promise<{ readonly visitor: Visitor; readonly location: string }> {
    const { keyRing } = stage.fluxo.server.services.essentials;
    const now = stage.fluxo.clock.now();
    const ticket = mintTestTicket(stage.acme.environment.id, provider.id, { keyRing, now });
    const visitor = stage.acme.visitor();
    return { visitor, location: forwardOf(await visitor.get(`/identity-provider-test?ticket=${ticket}`)) };
  }

  test('says what came and what we make of it, and signs nobody in', async () => {
    const { visitor, location } = await tried();
    const report = await signInAt(location, visitor, BIA.username);
    expect([report.status, pageOf(report).page]).toEqual([200, 'provider-report']);
    for (const text of ['Bia Souza', BIA.email, 'firstName']) expect(report.body).toContain(text);
    expect(visitor.cookies.has('fluxo-session')).toBe(false);
  });

  test('says which check refused a response, what was expected and what came; the log says so at a sign-in', async () => {
    const forger = await SamlCompany.create();
    const wrong = { audience: 'https://another.example' };
    const { visitor, location } = await tried();
    const report = await bringResponse(visitor, provider, forger.answer(location, BIA.username, wrong));
    expect(pageOf(report).page).toBe('provider-report');
    expect(report.body).toMatch(/issuer: expected .*received https:\/\/idp\.example/);
    const other = stage.acme.visitor();
    const form = forger.answer(await sentFromAccount(other), BIA.username, wrong);
    const refused = await bringResponse(other, provider, form);
    expect([refused.status, pageOf(refused).problem]).toEqual([422, 'invalid']);
    expect(refused.body).not.toContain('idp.example');
    expect(stage.fluxo.log.join('')).toContain('issuer: expected');
  });
});
