import {
  callbackUrlOf,
  changeIdentityProvider,
  changeUser,
  createIdentityProvider,
  setFederationId,
  signOutUrlOf,
  type IdentityProvider,
  type User,
} from '@fluxo/core';
import type { Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CompanyProvider } from '../support/company-provider.js';
import { LOOPBACK_PROVIDERS } from '../support/identity.js';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { administerDemo } from './demo-administration.js';
import { signIn, signInAndAllow, startFreshDemo } from './demo.js';

const ANA = { sub: 'e-1', email: 'ana@acme.example', given_name: 'Ana', family_name: 'Souza' };

let browser: Browser;
let demo: Demo;
let company: CompanyProvider;
let provider: IdentityProvider;
let ana: User;

async function signInAtCompany(page: Page): Promise<void> {
  await page.waitForURL(`${company.issuer}/**`);
  await page.locator('input[name="sub"]').fill(ANA.sub);
  await page.keyboard.press('Enter');
}

async function allowAndSeeProjects(page: Page): Promise<void> {
  await page.locator('main[data-page="consent"]').waitFor();
  expect(await page.locator('main').innerText()).toContain('Ana Souza');
  await page.locator('button[value="allow"]').click();
  await page.locator('[data-page="projects"]').waitFor();
}

async function comeFromApp(options: Parameters<typeof newPage>[1] = {}): Promise<Page> {
  const page = await newPage(browser, options);
  await page.goto(demo.thirdPartyApp.url);
  await page.getByRole('link', { name: /^Connect/ }).click();
  return page;
}

describe.skipIf(findChromium() === undefined)('single sign-on, in a real browser', () => {
  beforeAll(async () => {
    [browser, demo, company] = await Promise.all([
      launchChromium(),
      startFreshDemo(0, LOOPBACK_PROVIDERS),
      CompanyProvider.start([ANA]),
    ]);
    const { ports, providers, now } = await administerDemo(demo);
    provider = await createIdentityProvider(
      {
        ...{ kind: 'oidc', name: 'The company', emailDomains: ['acme.example'] },
        oidc: { issuer: company.issuer, clientId: company.clientId },
      },
      company.clientSecret,
      providers.administration,
    );
    company.register({
      redirectUris: [callbackUrlOf(demo.origin, provider)],
      postLogoutRedirectUris: [signOutUrlOf(demo.origin, provider)],
    });
    const found = await ports.users.findByUsername('ana');
    if (found === undefined) throw new Error('The demo has no ana.');
    ana = found.user;
    const link = { userId: ana.id, providerId: provider.id, federationId: ANA.sub };
    await setFederationId(link, ports.federatedIdentities, now);
  });

  afterAll(async () => {
    await browser.close();
    await demo.close();
    await company.close();
  });

  test('by the button, without JavaScript: from the app to the company and back to the projects', async () => {
    await (await administerDemo(demo)).rule({ singleSignOn: 'offered' });
    const page = await comeFromApp({ javaScriptEnabled: false });
    await page.getByRole('link', { name: 'Continue with The company' }).click();
    await signInAtCompany(page);
    await allowAndSeeProjects(page);
    await page.context().close();
  });

  test('by the address that was typed: the form leads to the company, although its page names only itself', async () => {
    await (await administerDemo(demo)).rule({ singleSignOn: 'offered' });
    const page = await comeFromApp();
    await page.locator('input[name="username"]').fill(ANA.email);
    await page.keyboard.press('Enter');
    await signInAtCompany(page);
    await allowAndSeeProjects(page);
    await page.context().close();
  });

  test('signed out here, and by the link that is offered at the company too: it asks who one is again', async () => {
    await (await administerDemo(demo)).rule({ singleSignOn: 'offered' });
    const page = await comeFromApp({ javaScriptEnabled: false });
    await page.getByRole('link', { name: 'Continue with The company' }).click();
    await signInAtCompany(page);
    await allowAndSeeProjects(page);
    await page.goto(`${demo.origin}/account`);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('link', { name: 'Sign out of The company too' }).click();
    await page.waitForURL(`${company.issuer}/**`);
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.getByText('You are signed out of The company, too.').waitFor();
    await page.goto(`${demo.origin}/account`);
    await page.getByRole('link', { name: 'Continue with The company' }).click();
    await page.locator('input[name="sub"]').waitFor();
    await page.context().close();
  });

  test('required: the company’s page opens at once', async () => {
    await (await administerDemo(demo)).rule({ singleSignOn: 'required' });
    const page = await comeFromApp();
    await signInAtCompany(page);
    await allowAndSeeProjects(page);
    await page.context().close();
  });

  test('somebody who may use single sign-on only: the password is refused, the button stands beside', async () => {
    const { rule, people } = await administerDemo(demo);
    await rule({ singleSignOn: 'offered' });
    await changeUser(ana.id, { onlySingleSignOn: true }, people);
    const page = await comeFromApp();
    await signIn(page, 'ana');
    await page.getByText('don’t match').waitFor();
    await page.getByRole('link', { name: 'Continue with The company' }).click();
    await signInAtCompany(page);
    await allowAndSeeProjects(page);
    await changeUser(ana.id, { onlySingleSignOn: false }, people);
    await page.context().close();
  });

  test('the provider is down: an administrator who is exempt gets in with the password, others don’t', async () => {
    const { rule, providers } = await administerDemo(demo);
    await rule({ singleSignOn: 'required', administratorsExempt: true });
    await company.close();
    // Another setting: what the provider said of itself is asked for anew.
    await changeIdentityProvider(provider.id, { oidc: { scope: 'openid' } }, providers);
    const page = await comeFromApp();
    await page.locator('main[data-problem="unreachable"]').waitFor();
    await page.getByRole('link', { name: 'Sign in with a password' }).click();
    await signIn(page, 'ana');
    await page.getByText('don’t match').waitFor();
    await page.getByRole('link', { name: 'Change username' }).click();
    expect(await signInAndAllow(page, 'ben')).toContain('Ben Carter');
    await page.context().close();
  });
});
