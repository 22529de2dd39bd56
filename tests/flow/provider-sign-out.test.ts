import {
  callbackUrlOf,
  metadataUrlOf,
  parseIdentifiedSecret,
  signOutUrlOf,
  type IdentityProvider,
} from '@fluxo/core';
import { startDemoIdentityProvider, type DemoIdentityProvider } from '@fluxo/example-demo';
import { makeSigningKey, parseProviderMetadata } from '@fluxo/server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import { giveCode, setUpSecondFactor } from '../support/authenticator.js';
import { rowsOf } from '../support/database.js';
import { ForgingProvider } from '../support/forging-provider.js';
import {
  addProvider,
  addSamlProvider,
  bringBack,
  buttonOf,
  changeProvider,
  forwardOf,
  linkUser,
  LOOPBACK_PROVIDERS,
  signOut,
  signOutAtProvider,
} from '../support/identity.js';
import { bringResponse, readRequest } from '../support/saml/company.js';
import { useStage } from '../support/stage.js';
import { signedIn } from '../support/oauth.js';
import { flowTokenOf, hiddenValueOf, type Visitor } from '../support/visitor.js';

const stage = useStage({ settings: LOOPBACK_PROVIDERS });
const SUB = 'e-9';

const claimsOf = (jwt: string): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('out of an OpenID provider, too', () => {
  let company: ForgingProvider;
  let provider: IdentityProvider;
  let changes = 0;

  beforeAll(async () => {
    company = await ForgingProvider.start();
    provider = await addProvider(stage.acme, company, { name: 'The company' });
    await linkUser(stage.acme, await stage.acme.user('dora'), { provider, federationId: SUB });
    await new Administrator(stage.acme).changeSettings({ singleSignOn: 'offered' });
  });
  afterAll(() => company.close());
  beforeEach(async () => {
    company.metadata = { end_session_endpoint: `${company.issuer}/end?tenant=1` };
    company.forgery = {};
    await askAnew({ enabled: true });
  });

  /** Whatever is changed here: what the provider said of itself is asked for anew. */
  async function askAnew(change: Parameters<typeof changeProvider>[2] = {}): Promise<void> {
    changes += 1;
    provider = await changeProvider(stage.acme, provider, {
      ...{ ...change, oidc: { scope: `openid change${changes}` } },
    });
  }

  async function comeBack(visitor = stage.acme.visitor()): Promise<Visitor> {
    const location = forwardOf(await visitor.get(buttonOf(await visitor.get('/account'), provider)));
    await bringBack(visitor, company.approve(location, SUB));
    return visitor;
  }

  async function asked(visitor: Visitor): Promise<URL> {
    return new URL((await signOutAtProvider(await signOut(visitor), visitor)) ?? 'about:blank');
  }

  test('the link after the sign-out leads there with the ID token, and back to a page that says so', async () => {
    const visitor = await comeBack();
    const url = await asked(visitor);
    const said = Object.fromEntries(url.searchParams);
    expect([url.origin, url.pathname, said['tenant']]).toEqual([company.issuer, '/end', '1']);
    const hint = said['id_token_hint'] ?? '';
    expect(claimsOf(hint)).toMatchObject({ sub: SUB, aud: company.clientId });
    // It was kept, and whoever reads the database doesn't read it.
    const kept = (await rowsOf(stage.fluxo.folder))
      .flat()
      .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)));
    expect(kept.filter((text) => text.includes(hint.split('.')[1] ?? ''))).toEqual([]);
    expect(said).toMatchObject({
      client_id: company.clientId,
      post_logout_redirect_uri: `${stage.acme.origin}/signed-out`,
    });
    const back = await visitor.get(`/signed-out?state=${said['state'] ?? ''}`);
    expect(back.body).toContain('signed out of The company, too');
  });

  test('an ID token that no address can hold: the person is named instead', async () => {
    company.forgery = { claims: { groups: Array.from({ length: 500 }, (_, at) => `group-${at}`) } };
    const said = Object.fromEntries((await asked(await comeBack())).searchParams);
    expect(said).toMatchObject({ logout_hint: SUB, client_id: company.clientId });
    expect(said).not.toHaveProperty('id_token_hint');
  });

  test('nothing is offered after a password, by a provider without such a thing, or by one that is disabled', async () => {
    const byPassword = await signedIn(stage.acme, 'dora');
    expect((await signOut(byPassword)).body).not.toContain('offer=');
    const visitor = await comeBack();
    const page = await signOut(visitor);
    await changeProvider(stage.acme, provider, { enabled: false });
    expect(await signOutAtProvider(page, visitor)).toBe('/signed-out');
    await changeProvider(stage.acme, provider, { enabled: true });
    company.metadata = {};
    await askAnew();
    expect((await signOut(await comeBack())).body).not.toContain('offer=');
  });

  test('a provider that is away by then: the page says to sign out there oneself', async () => {
    const visitor = await comeBack();
    const page = await signOut(visitor);
    company.metadata = {};
    await askAnew();
    const href = /href="(\/signed-out\/provider[^"]*)"/.exec(page.body)?.[1] ?? '';
    const answer = await visitor.get(href);
    expect([answer.status, answer.body.includes('Sign out there yourself')]).toEqual([422, true]);
  });

  test('out of every device, and out of this one in the list: offered as well', async () => {
    for (const path of ['/account/sign-out-everywhere', '/account/end-session']) {
      const visitor = await comeBack();
      const account = await visitor.get('/account');
      const own = parseIdentifiedSecret('session', visitor.cookies.get('fluxo-session') ?? '')?.id ?? '';
      const form = { form_token: hiddenValueOf(account, 'form_token'), session_id: own };
      const { headers } = await visitor.post(path, form);
      expect([path, headers['location']]).toEqual([path, expect.stringMatching(/^\/signed-out\?offer=/)]);
    }
  });

  test('the second factor in between loses nothing', async () => {
    const user = await stage.acme.user('elsa');
    await linkUser(stage.acme, user, { provider, federationId: 'e-10' });
    const { app } = await setUpSecondFactor(await signedIn(stage.acme, 'elsa'));
    const visitor = stage.acme.visitor();
    const location = forwardOf(await visitor.get(buttonOf(await visitor.get('/account'), provider)));
    const back = await bringBack(visitor, company.approve(location, 'e-10'));
    const page = await visitor.get(back.headers['location'] ?? '');
    expect((await giveCode(visitor, flowTokenOf(page), app.code())).status).toBe(303);
    const hint = (await asked(visitor)).searchParams.get('id_token_hint') ?? '';
    expect(claimsOf(hint)).toMatchObject({ sub: 'e-10' });
  });
});

describe('out of a SAML provider, too', () => {
  let company: DemoIdentityProvider;
  let provider: IdentityProvider;

  beforeAll(async () => {
    const { acme } = stage;
    company = await startDemoIdentityProvider({
      people: [{ username: SUB, firstName: 'Dora', lastName: 'Reis', email: 'dora@acme.example' }],
      serviceProviders: () => [
        {
          ...{ entityId: metadataUrlOf(acme.origin, provider), acsUrl: callbackUrlOf(acme.origin, provider) },
          sloUrl: signOutUrlOf(acme.origin, provider),
        },
      ],
      port: 0,
    });
    const { entityId, certificates, singleLogout } = parseProviderMetadata(company.metadata, Date.now());
    const key = await makeSigningKey({ commonName: 'acme.my.localhost', now: Date.now() });
    provider = await addSamlProvider(
      acme,
      {
        ...{ entityId, certificates: certificates.map(({ pem }) => pem), signOnUrl: `${company.url}/sso` },
        ...{ signOutUrl: singleLogout?.url ?? '', signingCertificate: key.certificatePem },
      },
      { name: 'The SAML company' },
    );
    provider = await changeProvider(acme, provider, { secret: key.privateKeyPem });
    await linkUser(acme, await acme.user('fay'), { provider, federationId: SUB });
  });
  afterAll(() => company.close());

  async function pageAt(url: string, form: Readonly<Record<string, string>>): Promise<string> {
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
    return answer.text();
  }

  const fieldIn = (page: string, name: string): string =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';

  test('by a signed request, and the provider’s signed answer, to a page that says so', async () => {
    const visitor = stage.acme.visitor();
    const location = forwardOf(await visitor.get(buttonOf(await visitor.get('/account'), provider)));
    const { id: request, issuer, relayState: RelayState } = readRequest(location);
    const page = await pageAt(`${company.url}/answer`, { request, issuer, RelayState, username: SUB });
    await bringResponse(visitor, provider, { SAMLResponse: fieldIn(page, 'SAMLResponse'), RelayState });
    const asked = (await signOutAtProvider(await signOut(visitor), visitor)) ?? '';
    expect(new URL(asked).searchParams.get('SigAlg')).toContain('rsa-sha256');
    expect(readRequest(asked).text).toContain(`>${SUB}<`);
    const answer = await fetch(asked, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    const told = await visitor.get(back.pathname + back.search);
    const said = await visitor.get(told.headers['location'] ?? '');
    expect(said.body).toContain('signed out of The SAML company, too');
  });

  test('our metadata says where, and by which binding', async () => {
    const { body } = await stage.acme.visitor().get(`/sign-in/saml/${provider.id}/metadata`);
    expect(body).toContain(
      '<SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" ' +
        `Location="${signOutUrlOf(stage.acme.origin, provider)}"/>`,
    );
  });
});
