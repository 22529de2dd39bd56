import { callbackUrlOf, mintTestTicket, type IdentityProvider } from '@fluxo/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import { CompanyProvider, CompanyVisitor } from '../support/company-provider.js';
import {
  addProvider,
  bringBack,
  buttonOf,
  changeProvider,
  deleteProvider,
  expectNewPerson,
  forwardOf,
  linkUser,
  LOOPBACK_PROVIDERS,
} from '../support/identity.js';
import { useStage } from '../support/stage.js';
import { PASSWORD, type HttpAnswer, type TestApplication } from '../support/tenant.js';
import { flowTokenOf, pageOf } from '../support/visitor.js';

const stage = useStage({ settings: LOOPBACK_PROVIDERS });
let company: CompanyProvider;
let provider: IdentityProvider;
let administrator: Administrator;
let app: TestApplication;

const BIA = { sub: 'e-2', email: 'bia@acme.example', given_name: 'Bia', family_name: 'Souza' };
const NEW = { sub: 'e-3', email: 'novo@acme.example', given_name: 'Novo', family_name: 'Lima' };

beforeAll(async () => {
  const { acme } = stage;
  company = await CompanyProvider.start([BIA, NEW]);
  provider = await addProvider(acme, company, { name: 'The company', emailDomains: ['acme.example'] });
  company.register({ redirectUris: [callbackUrlOf(acme.origin, provider)] });
  administrator = new Administrator(acme);
  app = await acme.application();
  await linkUser(acme, await acme.user('bia'), { provider, federationId: BIA.sub });
  await acme.user('root', { administrator: true });
});
afterAll(() => company.close());
beforeEach(async () => {
  await administrator.changeSettings({ singleSignOn: 'offered', administratorsExempt: false });
  company.prompts.length = 0;
});

/** The way with a password, which needs no application and no provider. */
async function withPassword(username: string, password = PASSWORD): Promise<HttpAnswer> {
  const visitor = stage.acme.visitor();
  const page = await visitor.get('/sign-in/with-password');
  expect(pageOf(page).page).toBe('sign-in-username');
  const named = await visitor.post('/sign-in/with-password', { flow: flowTokenOf(page), username });
  const asked = await visitor.get(named.headers['location'] ?? '');
  return visitor.post('/sign-in/password', { flow: flowTokenOf(asked), password });
}

const codeOf = ({ headers }: HttpAnswer): string =>
  new URL(headers['location'] ?? 'about:blank').searchParams.get('code') ?? '';

describe('from the application through the company’s OpenID provider and back', () => {
  test('a code comes, for the user who is linked, and it is good', async () => {
    const visitor = stage.acme.visitor();
    const page = await visitor.authorize(app, { state: 's' });
    expect(page.body).toContain('Continue with The company');
    const location = forwardOf(await visitor.get(buttonOf(page, provider)));
    const back = await bringBack(visitor, await new CompanyVisitor().signIn(location, BIA.sub));
    const consent = await visitor.get(back.headers['location'] ?? '');
    expect(consent.body).toContain('bia');
    const answer = await visitor.decide(consent, 'allow');
    expect(answer.headers['location']).toContain('state=s');
    expect((await stage.acme.exchange(app, codeOf(answer))).status).toBe(200);
    expect(pageOf(await visitor.get('/account')).page).toBe('account');
    const [signedIn] = await administrator.eventsOf('user.signed-in');
    expect(signedIn?.detail).toBe(provider.id);
  });

  test('with the secret in the form, too', async () => {
    const other = await addProvider(stage.acme, company, {
      name: 'By form',
      oidc: { clientAuthentication: 'client_secret_post' },
    });
    const redirectUris = [provider, other].map((each) => callbackUrlOf(stage.acme.origin, each));
    company.register({ redirectUris, authentication: 'client_secret_post' });
    await linkUser(stage.acme, await stage.acme.user('ciro'), { provider: other, federationId: BIA.sub });
    const visitor = stage.acme.visitor();
    const location = forwardOf(await visitor.get(buttonOf(await visitor.get('/account'), other)));
    const back = await bringBack(visitor, await new CompanyVisitor().signIn(location, BIA.sub));
    expect([back.status, back.headers['location']]).toEqual([302, '/account']);
    await deleteProvider(stage.acme, other);
    company.register({ redirectUris });
  });

  test('who comes for the first time gets a user where the provider may make one, and a new name at each visit', async () => {
    const visit = async (): Promise<HttpAnswer> => {
      const visitor = stage.acme.visitor();
      const location = forwardOf(await visitor.get(buttonOf(await visitor.get('/account'), provider)));
      return bringBack(visitor, await new CompanyVisitor().signIn(location, NEW.sub));
    };
    expect(pageOf(await visit()).problem).toBe('unknown-person');
    await stage.fluxo.server.flushUsage();
    const { events } = await stage.acme.storage.audit.page({ types: ['user.sign-in-failed'], limit: 1 });
    expect(events).toMatchObject([{ evidence: { check: 'not-linked' }, via: 'page', user: null }]);
    expect(events[0]?.detail).toContain(`through ${provider.name}`);
    provider = await changeProvider(stage.acme, provider, { autoProvision: true, updateNames: true });
    expect((await visit()).headers['location']).toBe('/account');
    await expectNewPerson(stage.acme, NEW.email, visit);
    expect((await withPassword(NEW.email, '')).status).toBe(422);
  });

  test('a test of it says what came and what we make of it, and signs nobody in', async () => {
    const { essentials } = stage.fluxo.server.services;
    const ticket = (id = provider.id) =>
      mintTestTicket(stage.acme.environment.id, id, {
        keyRing: essentials.keyRing,
        now: stage.fluxo.clock.now(),
      });
    await changeProvider(stage.acme, provider, { enabled: false });
    const visitor = stage.acme.visitor();
    const start = await visitor.get(`/identity-provider-test?ticket=${ticket()}`);
    const back = await bringBack(visitor, await new CompanyVisitor().signIn(forwardOf(start), BIA.sub));
    expect([back.status, pageOf(back)]).toEqual([200, { page: 'provider-report', problem: undefined }]);
    for (const text of [BIA.sub, BIA.email, 'Bia Souza', 'email_verified']) expect(back.body).toContain(text);
    expect(visitor.cookies.has('fluxo-session')).toBe(false);
    const plain = await visitor.get('/identity-provider-test');
    const forged = await visitor.get(`/identity-provider-test?ticket=${ticket().replace(/^./, 'x')}`);
    expect([plain.status, forged.status]).toEqual([404, 404]);
    provider = await changeProvider(stage.acme, provider, { enabled: true });
  });
});

describe('where a sign-in leads', () => {
  test('an address of the company’s domain leads there, whether there is such a user or not', async () => {
    const ways = await Promise.all(
      ['bia@acme.example', 'nobody@acme.example'].map(async (username) => {
        const visitor = stage.acme.visitor();
        const flow = flowTokenOf(await visitor.get('/account'));
        const named = await visitor.post('/sign-in', { flow, username });
        const page = await visitor.get(named.headers['location'] ?? '');
        const to = new URL(forwardOf(page));
        expect(to.searchParams.get('login_hint')).toBe(username);
        // A form never leads out: the page in between does.
        expect(page.headers['location']).toBeUndefined();
        expect(page.headers['content-security-policy']).toContain("form-action 'self';");
        return [named.status, page.status, pageOf(page).page, to.origin];
      }),
    );
    expect(ways[0]).toEqual([303, 200, 'sign-in-forward', company.issuer]);
    expect(ways[1]).toEqual(ways[0]);
  });

  test('any other name leads to the password, with the button beside it', async () => {
    const visitor = stage.acme.visitor();
    const flow = flowTokenOf(await visitor.get('/account'));
    const named = await visitor.post('/sign-in', { flow, username: 'ana' });
    const page = await visitor.get(named.headers['location'] ?? '');
    expect(pageOf(page).page).toBe('sign-in-password');
    expect(buttonOf(page, provider)).toContain(flow);
    expect((await visitor.signIn('ana')).status).toBe(303);
  });

  test('off: no button, and no way', async () => {
    await administrator.changeSettings({ singleSignOn: 'off' });
    const visitor = stage.acme.visitor();
    const page = await visitor.get('/account');
    expect(page.body).not.toContain('The company');
    const answer = await visitor.get(`/sign-in/with/${provider.id}?flow=${flowTokenOf(page)}`);
    expect(pageOf(answer).problem).toBe('disabled');
    expect((await visitor.signIn('bia@acme.example')).status).toBe(422);
    expect((await visitor.signIn('ana')).status).toBe(303);
  });

  test('required: the authorization page opens the provider at once, and no password is looked at', async () => {
    await administrator.changeSettings({ singleSignOn: 'required' });
    const visitor = stage.acme.visitor();
    const page = await visitor.authorize(app);
    expect([page.status, new URL(forwardOf(page)).origin]).toEqual([302, company.issuer]);
    const back = await bringBack(visitor, await new CompanyVisitor().signIn(forwardOf(page), BIA.sub));
    expect(pageOf(await visitor.get(back.headers['location'] ?? '')).page).toBe('consent');
    for (const path of ['/sign-in', '/sign-in/with-password']) {
      const flow = flowTokenOf(await visitor.authorize(app, { prompt: 'consent' }));
      expect(pageOf(await visitor.get(`${path}?flow=${flow}`)).page).toBe('sign-in-forward');
    }
  });

  test('prompt=login and “use another account” ask the provider to ask anew', async () => {
    await administrator.changeSettings({ singleSignOn: 'required' });
    const visitor = stage.acme.visitor();
    const browser = new CompanyVisitor();
    const first = await visitor.authorize(app);
    const back = await bringBack(visitor, await browser.signIn(forwardOf(first), BIA.sub));
    const consent = await visitor.get(back.headers['location'] ?? '');
    const switched = await visitor.post('/sign-in/switch', { flow: flowTokenOf(consent) });
    const prompt = (answer: HttpAnswer) => new URL(forwardOf(answer)).searchParams.get('prompt');
    expect(prompt(first)).toBeNull();
    expect(prompt(await visitor.get(switched.headers['location'] ?? ''))).toBe('login');
    expect(prompt(await visitor.authorize(app, { prompt: 'login' }))).toBe('login');
  });

  test('prompt=none never leads to a provider', async () => {
    await administrator.changeSettings({ singleSignOn: 'required' });
    const answer = await stage.acme.visitor().authorize(app, { prompt: 'none' });
    expect(answer.headers['location']).toContain('error=login_required');
  });

  test('a provider that is away: a page that says so, with every way that is left', async () => {
    const gone = await CompanyProvider.start([]);
    await gone.close();
    const away = await changeProvider(stage.acme, provider, { oidc: { issuer: gone.issuer } });
    for (const [singleSignOn, exempt] of [
      ['offered', false],
      ['required', false],
      ['required', true],
    ] as const) {
      await administrator.changeSettings({ singleSignOn, administratorsExempt: exempt });
      const visitor = stage.acme.visitor();
      const first = await visitor.authorize(app);
      const page = singleSignOn === 'offered' ? await visitor.get(buttonOf(first, away)) : first;
      expect([page.status, pageOf(page).problem]).toEqual([422, 'unreachable']);
      expect(buttonOf(page, away)).toContain('/sign-in/with/');
      expect(page.body.includes('/sign-in/with-password?flow=')).toBe(singleSignOn === 'offered' || exempt);
    }
    provider = await changeProvider(stage.acme, away, { oidc: { issuer: company.issuer } });
  });
});

describe('a password', () => {
  test('is the administrators’ way round, and everybody else’s is refused like a wrong one', async () => {
    await administrator.changeSettings({ singleSignOn: 'required', administratorsExempt: true });
    expect((await withPassword('root')).headers['location']).toBe('/account');
    const [user, nobody] = [await withPassword('ana'), await withPassword('nobody')];
    expect([user.status, nobody.status]).toEqual([422, 422]);
    const words = ({ body }: HttpAnswer) =>
      body.replaceAll(/fxf\w+|<code>[^<]*<\/code>/g, '').replaceAll(/ana|nobody/g, '');
    expect(words(user)).toBe(words(nobody));
  });

  test('is no way for administrators either where they aren’t exempt', async () => {
    await administrator.changeSettings({ singleSignOn: 'required' });
    const visitor = stage.acme.visitor();
    expect(pageOf(await visitor.get('/sign-in/with-password')).page).toBe('sign-in-forward');
    // A page from before the rule was changed.
    await administrator.changeSettings({ singleSignOn: 'offered' });
    const flow = flowTokenOf(await visitor.get('/account'));
    await visitor.post('/sign-in', { flow, username: 'root' });
    await administrator.changeSettings({ singleSignOn: 'required' });
    const answer = await visitor.post('/sign-in/password', { flow, password: PASSWORD });
    expect(answer.headers['location']).toMatch(/^\/sign-in\?/);
    expect(visitor.cookies.has('fluxo-session')).toBe(false);
  });

  test('of somebody who may use single sign-on only is refused like a wrong one, with the button beside', async () => {
    const dona = await stage.acme.user('dona');
    expect((await stage.acme.visitor().signIn('dona')).status).toBe(303);
    await administrator.changeUser(dona, { onlySingleSignOn: true });
    const refused = await stage.acme.visitor().signIn('dona');
    expect(refused.status).toBe(422);
    expect(refused.body).toContain('don’t match');
    expect(buttonOf(refused, provider)).toContain(provider.id);
  });
});
