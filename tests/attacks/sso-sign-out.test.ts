import { signOutUrlOf, type IdentityProvider } from '@fluxo/core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import { giveCode, setUpSecondFactor } from '../support/authenticator.js';
import {
  addSamlProvider,
  buttonOf,
  forwardOf,
  linkUser,
  signOut,
  signOutAtProvider,
} from '../support/identity.js';
import { signedIn as signedInByPassword } from '../support/oauth.js';
import { bringResponse, postToAcs, readRequest, SamlCompany } from '../support/saml/company.js';
import { useStage } from '../support/stage.js';
import type { HttpAnswer, TestTenant } from '../support/tenant.js';
import { flowTokenOf, pageOf, type Visitor } from '../support/visitor.js';

const stage = useStage();
const [BIA, CAI] = ['e-1', 'e-2'];
const TWELVE_MINUTES_MS = 12 * 60_000;
let company: SamlCompany;
let provider: IdentityProvider;
let slo: string;
let globex: TestTenant;
let bia: Visitor;
let cai: Visitor;

beforeAll(async () => {
  const { acme } = stage;
  company = await SamlCompany.create();
  provider = await addSamlProvider(acme, {
    ...company.settings,
    signOutUrl: 'https://idp.example/slo?tenant=1',
  });
  slo = signOutUrlOf(acme.origin, provider);
  globex = await stage.fluxo.environment('globex');
  for (const [name, federationId] of [
    ['bia', BIA],
    ['cai', CAI],
  ] as const)
    await linkUser(acme, await acme.user(name), { provider, federationId });
  await new Administrator(acme).changeSettings({ singleSignOn: 'offered' });
});
beforeEach(async () => {
  [bia, cai] = [await signedIn(BIA), await signedIn(CAI)];
});

async function comeBack(nameId: string, sessionIndex = '_s') {
  const visitor = stage.acme.visitor();
  const location = forwardOf(await visitor.get(buttonOf(await visitor.get('/account'), provider)));
  const response = company.answer(location, nameId, { sessionIndex });
  return { visitor, answer: await bringResponse(visitor, provider, response) };
}

const signedIn = async (nameId: string, sessionIndex?: string): Promise<Visitor> =>
  (await comeBack(nameId, sessionIndex)).visitor;

const isSignedIn = async (visitor: Visitor): Promise<boolean> =>
  pageOf(await visitor.get('/account')).page === 'account';

/** The message is opened by a browser: that of the person whom it is about, with all its cookies. */
function open(url: string, visitor: Visitor = bia): Promise<HttpAnswer> {
  return visitor.get(url.slice(stage.acme.origin.length));
}

/** The same query with one part changed. */
function withPart(url: string, name: string, change: (value: string) => string): string {
  const [location = '', query = ''] = url.split('?');
  const parts = query.split('&').map((part) => {
    const [key = '', value = ''] = part.split('=');
    return key === name ? `${key}=${encodeURIComponent(change(decodeURIComponent(value)))}` : part;
  });
  return `${location}?${parts.join('&')}`;
}

const without = (url: string, ...names: readonly string[]): string => {
  const [location = '', query = ''] = url.split('?');
  return `${location}?${query
    .split('&')
    .filter((part) => !names.includes(part.split('=', 1)[0] ?? ''))
    .join('&')}`;
};

describe('110 · a provider’s own sign-out, forged', () => {
  test('the twin: what the provider signed ends that person’s sessions, and its answer leads back there', async () => {
    const answer = await open(company.signOut(slo));
    expect(answer.status).toBe(302);
    const back = new URL(answer.headers['location'] ?? '');
    expect([back.origin, back.pathname, back.searchParams.get('tenant')]).toEqual([
      ...['https://idp.example', '/slo', '1'],
    ]);
    expect(back.searchParams.get('RelayState')).toBe('their state');
    expect(await isSignedIn(bia)).toBe(false);
    expect(await isSignedIn(cai)).toBe(true);
  });

  test('of one session that it names, only that one ends', async () => {
    const other = await signedIn(BIA, '_other');
    await open(company.signOut(slo, { sessionIndexes: ['_other'] }));
    expect([await isSignedIn(bia), await isSignedIn(other)]).toEqual([true, false]);
  });

  test.each([
    ['that person', false, {}],
    ['another person', true, { nameId: CAI }],
  ])(
    'of %s, at the second step of a sign-in: a code of the app leads on: %s',
    async (_whom, leadsOn, whom) => {
      // A step of a second factor is used once, so each has a person of its own.
      const federationId = `e-second-${leadsOn}`;
      const user = await stage.acme.user(federationId);
      await linkUser(stage.acme, user, { provider, federationId });
      const { app } = await setUpSecondFactor(await signedInByPassword(stage.acme, federationId));
      const { visitor, answer } = await comeBack(federationId);
      const page = await visitor.get(answer.headers['location'] ?? '');
      expect(pageOf(page).page).toBe('second-factor-code');
      expect((await open(company.signOut(slo, { nameId: federationId, ...whom }), visitor)).status).toBe(302);
      await giveCode(visitor, flowTokenOf(page), app.code());
      expect(await isSignedIn(visitor)).toBe(leadsOn);
    },
  );

  test.each([
    ['that person', false, {}],
    ['another person', true, { nameId: CAI }],
  ])(
    'of %s, while the provider’s answer waits for the browser: it leads on: %s',
    async (_whom, leadsOn, whom) => {
      const visitor = stage.acme.visitor();
      const location = forwardOf(await visitor.get(buttonOf(await visitor.get('/account'), provider)));
      const posted = await postToAcs(stage.acme, provider, company.answer(location, BIA));
      expect((await open(company.signOut(slo, whom))).status).toBe(302);
      await visitor.get(posted.headers['location'] ?? '');
      expect(await isSignedIn(visitor)).toBe(leadsOn);
    },
  );

  test.each<readonly [string, () => string | Promise<string>]>([
    ['unsigned', () => without(company.signOut(slo), 'Signature', 'SigAlg')],
    ['with an empty signature', () => withPart(company.signOut(slo), 'Signature', () => '')],
    ['signed by somebody else', async () => (await SamlCompany.create()).signOut(slo)],
    ['with the signature of another message', () => spliced('SAMLRequest')],
    ['with the relay state of another message', () => spliced('RelayState')],
    ['without the relay state that was signed', () => without(company.signOut(slo), 'RelayState')],
    ['SHA-1', () => asSha1()],
    ['of another issuer', () => company.signOut(slo, { issuer: 'https://other.example' })],
    ['for another address', () => company.signOut(slo, { destination: `${slo}/` })],
    ['for nobody in particular', () => company.signOut(slo, { destination: '' })],
    ['of twelve minutes ago', () => company.signOut(slo, { now: Date.now() - TWELVE_MINUTES_MS })],
    ['of tomorrow', () => company.signOut(slo, { now: Date.now() + TWELVE_MINUTES_MS })],
    ['with a second message', () => `${company.signOut(slo)}&${queryOf(company.signOut(slo))}`],
    ['with an answer beside it', () => `${company.signOut(slo)}&SAMLResponse=abc`],
    ['with a session that can’t be read', () => company.signOut(slo, { sessionIndexes: [''] })],
    ['in another encoding', () => `${company.signOut(slo)}&SAMLEncoding=none`],
    ['of broken percent-encoding', () => withRaw(company.signOut(slo), 'RelayState', '%E0%A4')],
    ['of nothing', () => slo],
    ['a response in the place of a request', () => asRequest()],
  ])('%s: nobody is signed out', async (_name, forge) => {
    const answer = await open(await forge());
    expect([answer.status, pageOf(answer).page]).toEqual([422, 'signed-out']);
    expect(answer.headers['location']).toBeUndefined();
    expect([await isSignedIn(bia), await isSignedIn(cai)]).toEqual([true, true]);
  });

  test('the same message again, after the person signed in again: only the first counts', async () => {
    const url = company.signOut(slo);
    expect((await open(url)).status).toBe(302);
    const again = await signedIn(BIA);
    expect((await open(url)).status).toBe(422);
    expect(await isSignedIn(again)).toBe(true);
  });

  test('posted, it isn’t even read', async () => {
    const form = Object.fromEntries(new URL(company.signOut(slo)).searchParams);
    const answer = await bia.post(new URL(slo).pathname, form, { 'sec-fetch-site': 'cross-site' });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/signed-out']);
    expect(await isSignedIn(bia)).toBe(true);
  });

  test('what one environment’s provider signed is nothing at another’s', async () => {
    const there = await addSamlProvider(globex, company.settings);
    const answer = await globex.visitor().get(new URL(company.signOut(slo)).pathname);
    expect(answer.status).toBe(404);
    const elsewhere = signOutUrlOf(globex.origin, there);
    const url = company.signOut(elsewhere);
    expect((await globex.visitor().get(url.slice(globex.origin.length))).status).toBe(422);
    expect(await isSignedIn(bia)).toBe(true);
  });
});

describe('110 · a provider’s answer to a sign-out, forged', () => {
  async function asked(visitor: Visitor): Promise<string> {
    const location = await signOutAtProvider(await signOut(visitor), visitor);
    if (location === undefined) throw new Error('No sign-out was offered.');
    return location;
  }
  const says = (page: HttpAnswer): boolean => page.body.includes('signed out of Acme, too');

  test('the twin: asked by the link after the sign-out; the answer is true in that browser, and in no other', async () => {
    const location = await asked(bia);
    expect(readRequest(location).text).toContain(`>${BIA}<`);
    expect(readRequest(location).text).toContain('>_s<');
    const answer = await open(company.answerSignOut(slo, location));
    expect(answer.headers['location']).toMatch(/^\/signed-out\?state=[0-9A-Za-z]+$/);
    expect(says(await bia.get(answer.headers['location'] ?? ''))).toBe(true);
    expect(says(await cai.get(answer.headers['location'] ?? ''))).toBe(false);
  });

  test.each<readonly [string, (location: string) => string | Promise<string>]>([
    ['to another request', (url) => company.answerSignOut(slo, url, { inResponseTo: '_0123456789abcdef' })],
    ['to none', (url) => company.answerSignOut(slo, url, { inResponseTo: '' })],
    ['that says no', (url) => company.answerSignOut(slo, url, { status: 'Responder' })],
    ['unsigned', (url) => without(company.answerSignOut(slo, url), 'Signature', 'SigAlg')],
    ['signed by somebody else', async (url) => (await SamlCompany.create()).answerSignOut(slo, url)],
    ['of another issuer', (url) => company.answerSignOut(slo, url, { issuer: 'https://other.example' })],
    ['with a state of somebody else’s', async (url) => withStateOf(url, await asked(cai))],
  ])('%s: nothing is said', async (_name, forge) => {
    const answer = await open(await forge(await asked(bia)));
    expect([answer.status, says(answer)]).toEqual([422, false]);
  });

  test('an offer is good in the browser that signed out, for that page, and not as an answer', async () => {
    const page = await signOut(bia);
    const offer = /offer=([0-9A-Za-z]+)/.exec(page.body)?.[1] ?? '';
    expect(await signOutAtProvider(page, bia)).toContain('https://idp.example/slo');
    expect(await signOutAtProvider(page, cai)).toBe('/signed-out');
    expect(await signOutAtProvider(page, stage.acme.visitor())).toBe('/signed-out');
    expect(says(await bia.get(`/signed-out?state=${offer}`))).toBe(false);
    const changed = offer.slice(0, -1) + (offer.endsWith('0') ? '1' : '0');
    expect((await bia.get(`/signed-out?offer=${changed}`)).body).not.toContain('offer=');
    const state = readRequest(await asked(cai)).relayState;
    expect((await cai.get(`/signed-out?offer=${state}`)).body).not.toContain('offer=');
  });
});

describe('51 · a sign-out that the person didn’t ask for', () => {
  test('a link signs nobody out, and a form of another site neither; the twin, our own form, does', async () => {
    for (const path of ['/sign-out', '/signed-out', '/signed-out/provider', '/signed-out/provider?offer=x']) {
      await bia.get(path);
      expect([path, await isSignedIn(bia)]).toEqual([path, true]);
    }
    const foreign = await bia.post('/sign-out', {}, { 'sec-fetch-site': 'cross-site', origin: 'https://x' });
    expect([foreign.status, await isSignedIn(bia)]).toEqual([403, true]);
    await signOut(bia);
    expect(await isSignedIn(bia)).toBe(false);
  });
});

describe('9 · a relay state that would lead somewhere', () => {
  test.each(['//evil.example', '/\\evil.example', 'https://evil.example/', 'https:evil.example'])(
    '%s goes back to the provider as a text, and is never followed',
    async (relayState) => {
      const answer = await open(company.signOut(slo, {}, relayState));
      const back = new URL(answer.headers['location'] ?? '');
      expect([back.origin, back.searchParams.get('RelayState')]).toEqual(['https://idp.example', relayState]);
      const asked = await signOutAtProvider(await signOut(cai), cai);
      const parts = new URL(asked ?? '');
      parts.searchParams.set('RelayState', relayState);
      expect((await open(company.answerSignOut(slo, parts.href), cai)).headers['location']).toBeUndefined();
    },
  );
});

const queryOf = (url: string): string => url.split('?')[1] ?? '';

function withRaw(url: string, name: string, value: string): string {
  return url.replace(new RegExp(`${name}=[^&]*`), `${name}=${value}`);
}

/** A genuine message about somebody else, with one part of a genuine one about bia. */
function spliced(name: string): string {
  const genuine = company.signOut(slo, { nameId: CAI }, 'another state');
  const value = new RegExp(`${name}=([^&]*)`).exec(company.signOut(slo))?.[1] ?? '';
  return withRaw(genuine, name, value);
}

/** The provider's answer to a request of ours, under the name of a request. */
function asRequest(): string {
  const request = company.signOut(slo);
  const xml = '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Version="2.0"/>';
  return company.sign({
    ...{ location: request.split('?', 1)[0] ?? '', parameter: 'SAMLRequest', xml },
    relayState: undefined,
  });
}

function withStateOf(own: string, others: string): string {
  const url = new URL(own);
  url.searchParams.set('RelayState', readRequest(others).relayState);
  return company.answerSignOut(slo, url.href);
}

/** Signed by a key whose certificate the environment knows, with an algorithm that is broken. */
function asSha1(): string {
  const url = without(company.signOut(slo), 'SigAlg', 'Signature');
  const algorithm = encodeURIComponent('http://www.w3.org/2000/09/xmldsig#rsa-sha1');
  const query = `${queryOf(url)}&SigAlg=${algorithm}`;
  const signature = company.signText('sha1', query);
  return `${url}&SigAlg=${algorithm}&Signature=${encodeURIComponent(signature)}`;
}
