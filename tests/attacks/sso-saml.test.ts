import { parseIdentifiedSecret, type IdentityProvider } from '@fluxo/core';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import {
  addSamlProvider,
  buttonOf,
  changeProvider,
  deleteProvider,
  forwardOf,
  linkUser,
} from '../support/identity.js';
import { bringResponse, postToAcs, readRequest, SamlCompany } from '../support/saml/company.js';
import { startFluxo } from '../support/fluxo.js';
import { useStage } from '../support/stage.js';
import { TestTenant, type HttpAnswer } from '../support/tenant.js';
import { pageOf, type Visitor } from '../support/visitor.js';

const stage = useStage();
const BIA = 'e-1';
let company: SamlCompany;
let provider: IdentityProvider;

beforeAll(async () => {
  company = await SamlCompany.create();
  provider = await setUp(stage.acme);
});

async function setUp(tenant: TestTenant): Promise<IdentityProvider> {
  const added = await addSamlProvider(tenant, company.settings);
  await linkUser(tenant, await tenant.user('bia'), { provider: added, federationId: BIA });
  await new Administrator(tenant).changeSettings({ singleSignOn: 'offered' });
  return added;
}

/** On the way to the provider. */
async function sent(
  tenant: TestTenant = stage.acme,
  at: IdentityProvider = provider,
): Promise<{ readonly visitor: Visitor; readonly location: string }> {
  const visitor = tenant.visitor();
  const page = await visitor.get('/account');
  return { visitor, location: forwardOf(await visitor.get(buttonOf(page, at))) };
}

async function expectSignedIn(answer: HttpAnswer, visitor: Visitor): Promise<void> {
  expect([answer.status, answer.headers['location']]).toEqual([302, '/account']);
  expect(pageOf(await visitor.get('/account')).page).toBe('account');
}

async function expectNobody(answer: HttpAnswer, visitor: Visitor, problem: string): Promise<void> {
  expect([answer.status < 500, pageOf(answer).problem]).toEqual([true, problem]);
  expect(visitor.cookies.has('fluxo-session')).toBe(false);
  expect(pageOf(await visitor.get('/account')).page).toBe('sign-in-username');
}

describe('71 · a response that this sign-in didn’t ask for', () => {
  test('the twin: the response to the request signs in', async () => {
    const { visitor, location } = await sent();
    await expectSignedIn(await bringResponse(visitor, provider, company.answer(location, BIA)), visitor);
  });

  test.each([
    ['nobody asked for it', () => ''],
    ['an invented state', () => 'fxi1'],
    ['a state that was changed', (state: string) => state.slice(0, -1) + (state.endsWith('0') ? '1' : '0')],
  ])('unsolicited (%s): refused before it is read', async (_name, stateOf) => {
    const { visitor, location } = await sent();
    const form = company.answer(location, BIA);
    const spoilt = { ...form, RelayState: stateOf(form.RelayState) };
    const answer = await postToAcs(stage.acme, provider, spoilt);
    expect(answer.status).toBe(403);
    await expectNobody(answer, visitor, 'flow-not-yours');
  });

  test.each([
    ['an earlier request', () => sent().then(({ location }) => readRequest(location).id)],
    ['no request', () => Promise.resolve('')],
  ])('in answer to %s: nobody is signed in', async (_name, idOf) => {
    const { visitor, location } = await sent();
    const form = company.answer(location, BIA, { inResponseTo: await idOf() });
    await expectNobody(await bringResponse(visitor, provider, form), visitor, 'invalid');
  });

  test('the same response again, at once and a second later: only the first counts', async () => {
    const { visitor, location } = await sent();
    const form = company.answer(location, BIA);
    const both = await Promise.all([1, 2].map(() => postToAcs(stage.acme, provider, form)));
    expect(both.map(({ status }) => status).sort()).toEqual([303, 403]);
    expect((await postToAcs(stage.acme, provider, form)).status).toBe(403);
    const [taken] = both.filter(({ status }) => status === 303);
    await expectSignedIn(await visitor.get(taken?.headers['location'] ?? ''), visitor);
    // Nor is what was kept given out twice.
    expect((await visitor.get(taken?.headers['location'] ?? '')).status).toBe(403);
  });

  /** As a node would see it whose database forgot that the response was taken. */
  async function awaitAgain(location: string): Promise<void> {
    const { id, relayState } = readRequest(location);
    const presented = parseIdentifiedSecret('provider-state', relayState);
    if (presented === undefined) throw new Error('There is no state.');
    await stage.acme.storage.flows.sendToProvider(presented.id, {
      ...{
        providerId: provider.id,
        stateDigest: presented.digest,
        memory: JSON.stringify({ requestId: id }),
      },
    });
  }

  test('an assertion counts once, also where its flow awaits it again', async () => {
    const first = await sent();
    await awaitAgain(first.location);
    const form = company.answer(first.location, BIA);
    expect((await postToAcs(stage.acme, provider, form)).status).toBe(303);
    await awaitAgain(first.location);
    await expectNobody(await bringResponse(first.visitor, provider, form), first.visitor, 'invalid');
    // The twin: another assertion in answer to the same request.
    await awaitAgain(first.location);
    const another = company.answer(first.location, BIA);
    await expectSignedIn(await bringResponse(first.visitor, provider, another), first.visitor);
  });

  test('without a response, nobody goes on: neither with the request’s state nor with a response in a query', async () => {
    const { visitor, location } = await sent();
    const form = company.answer(location, BIA);
    const query = new URLSearchParams({ ...form, state: form.RelayState }).toString();
    const asOidc = await visitor.get(`/sign-in/oidc/${provider.id}/callback?${query}`);
    expect(asOidc.status).toBe(404);
    const answer = await visitor.get(`/sign-in/saml/${provider.id}/continue?${query}`);
    await expectNobody(answer, visitor, 'invalid');
  });
});

describe('51 · the one form that another site may post', () => {
  test('a response in another browser signs nobody in there, and the browser that asked may still finish', async () => {
    const [asked, other] = [await sent(), await sent()];
    const posted = await postToAcs(stage.acme, provider, company.answer(asked.location, BIA));
    const path = posted.headers['location'] ?? '';
    expect([posted.status, posted.setCookies]).toEqual([303, []]);
    for (const visitor of [stage.acme.visitor(), other.visitor]) {
      const answer = await visitor.get(path);
      expect(answer.status).toBe(403);
      await expectNobody(answer, visitor, 'flow-not-yours');
    }
    await expectSignedIn(await asked.visitor.get(path), asked.visitor);
  });

  test('whatever is posted there is answered, and never with a 5xx', async () => {
    const { visitor, location } = await sent();
    const form = company.answer(location, BIA);
    const path = `/sign-in/saml/${provider.id}/acs`;
    const type = 'application/x-www-form-urlencoded';
    const statusOf = async (body: string, contentType = type): Promise<number> =>
      (await stage.acme.send({ method: 'POST', path, headers: { 'content-type': contentType }, body }))
        .status;
    expect(await statusOf('')).toBe(403);
    expect(await statusOf('{}', 'application/json')).toBe(400);
    expect(await statusOf(`RelayState=${form.RelayState}&RelayState=x`)).toBe(400);
    expect(await statusOf('RelayState=%E0%A4%A')).toBe(400);
    expect(await statusOf('x='.repeat(200_000))).toBe(413);
    const fields = Array.from({ length: 40_000 }, (_, index) => `${index.toString(36)}=`);
    expect(await statusOf(fields.slice(0, 15).join('&'))).toBe(403);
    expect(await statusOf(fields.join('&'))).toBe(400);
    const broken = { ...form, SAMLResponse: '%%' };
    await expectNobody(await bringResponse(visitor, provider, broken), visitor, 'invalid');
  });
});

describe('26 · a provider that is disabled in mid-flow', () => {
  test('before the response, and between the response and its end: nobody is signed in', async () => {
    const at = await addSamlProvider(stage.acme, company.settings, { autoProvision: true });
    const [early, late] = [await sent(stage.acme, at), await sent(stage.acme, at)];
    const posted = await postToAcs(stage.acme, at, company.answer(late.location, 'new'));
    await changeProvider(stage.acme, at, { enabled: false });
    const answers = [
      await bringResponse(early.visitor, at, company.answer(early.location, 'new')),
      await late.visitor.get(posted.headers['location'] ?? ''),
    ];
    for (const [index, { visitor }] of [early, late].entries()) {
      expect(answers[index]!.status).toBeLessThan(500);
      expect(visitor.cookies.has('fluxo-session')).toBe(false);
    }
    await changeProvider(stage.acme, at, { enabled: true });
    const twin = await sent(stage.acme, at);
    await expectSignedIn(
      await bringResponse(twin.visitor, at, company.answer(twin.location, 'new')),
      twin.visitor,
    );
    await deleteProvider(stage.acme, at);
  });
});

describe('64 · at another environment', () => {
  test('response, state and metadata are as if they did not exist', async () => {
    const sister = await stage.fluxo.environment('sister');
    const theirs = await setUp(sister);
    const { visitor, location } = await sent();
    const form = company.answer(location, BIA);
    expect((await postToAcs(sister, provider, form)).status).toBe(404);
    expect((await postToAcs(sister, theirs, form)).status).toBe(403);
    expect((await sister.visitor().get(`/sign-in/saml/${provider.id}/metadata`)).status).toBe(404);
    // Posted here, finished there.
    const posted = await postToAcs(stage.acme, provider, form);
    const path = posted.headers['location'] ?? '';
    expect((await sister.visitor().get(path)).status).toBe(404);
    expect((await sister.visitor().get(path.replace(provider.id, theirs.id))).status).toBe(403);
    await expectSignedIn(await visitor.get(path), visitor);
    // The twin: it works at its own.
    const own = await sent(sister, theirs);
    await expectSignedIn(
      await bringResponse(own.visitor, theirs, company.answer(own.location, BIA)),
      own.visitor,
    );
  });

  test('the answer of another provider of the same environment is nobody’s', async () => {
    const other = await addSamlProvider(stage.acme, company.settings);
    const { visitor, location } = await sent();
    const form = company.answer(location, BIA);
    expect((await postToAcs(stage.acme, other, form)).status).toBe(403);
    await expectSignedIn(await bringResponse(visitor, provider, form), visitor);
    await deleteProvider(stage.acme, other);
  });
});

/** The last one: the stage's own server is closed then. */
describe('71 · at a server that began later', () => {
  test('after a restart: what was taken is not taken again, and what is awaited is', async () => {
    const [taken, awaited] = [await sent(), await sent()];
    const forms = [taken, awaited].map(({ location }) => company.answer(location, BIA));
    await expectSignedIn(await bringResponse(taken.visitor, provider, forms[0]!), taken.visitor);
    const { server, folder } = stage.fluxo;
    await server.close();
    const fluxo = await startFluxo({ folder });
    onTestFinished(() => fluxo.server.close());
    const acme = new TestTenant(fluxo, stage.acme.environment, stage.acme.origin);
    expect((await postToAcs(acme, provider, forms[0]!)).status).toBe(403);
    const visitor = acme.visitor();
    for (const [name, value] of awaited.visitor.cookies) visitor.cookies.set(name, value);
    await expectSignedIn(await bringResponse(visitor, provider, forms[1]!), visitor);
  });
});
