import {
  callbackUrlOf,
  changeIdentityProvider,
  createIdentityProvider,
  metadataUrlOf,
  setFederationId,
  type IdentityProvider,
  type ProviderChanging,
} from '@fluxo/core';
import { startDemoIdentityProvider, type Demo, type DemoIdentityProvider } from '@fluxo/example-demo';
import { parseProviderMetadata } from '@fluxo/server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { administerDemo } from './demo-administration.js';
import { startFreshDemo } from './demo.js';

const ANA = { username: 'e-1', firstName: 'Ana', lastName: 'Souza', email: 'ana@acme.example' };

let browser: Browser;
let demo: Demo;
let company: DemoIdentityProvider;
let provider: IdentityProvider;
let providers: ProviderChanging;

/** The demo's own environment offers the company's provider, and ana is known there. */
async function setUp(): Promise<void> {
  const administered = await administerDemo(demo);
  const { ports, now } = administered;
  ({ providers } = administered);
  await administered.rule({ singleSignOn: 'offered' });
  const { entityId, singleSignOn, certificates } = parseProviderMetadata(company.metadata, Date.now());
  const saml = {
    ...{ entityId, signOnUrl: singleSignOn.redirect ?? '' },
    certificates: certificates.map(({ pem }) => pem),
  };
  provider = await createIdentityProvider(
    { kind: 'saml', name: 'The company', saml },
    undefined,
    providers.administration,
  );
  const ana = await ports.users.findByUsername('ana');
  if (ana === undefined) throw new Error('The demo has no ana.');
  const link = { userId: ana.user.id, providerId: provider.id, federationId: ANA.username };
  await setFederationId(link, ports.federatedIdentities, now);
}

async function toTheCompany(): Promise<Page> {
  const page = await newPage(browser);
  await page.goto(demo.thirdPartyApp.url);
  await page.getByRole('link', { name: /^Connect/ }).click();
  await page.getByRole('link', { name: 'Continue with The company' }).click();
  return page;
}

async function signInAndSeeProjects(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ana Souza' }).click();
  await page.locator('main[data-page="consent"]').waitFor();
  expect(await page.locator('main').innerText()).toContain('Ana Souza');
  await page.locator('button[value="allow"]').click();
  await page.locator('[data-page="projects"]').waitFor();
  await page.context().close();
}

describe.skipIf(findChromium() === undefined)('single sign-on with SAML, in a real browser', () => {
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo(0)]);
    company = await startDemoIdentityProvider({
      people: [ANA],
      serviceProviders: () => [
        { entityId: metadataUrlOf(demo.origin, provider), acsUrl: callbackUrlOf(demo.origin, provider) },
      ],
      port: 0,
    });
    await setUp();
  });

  afterAll(async () => {
    await browser.close();
    await demo.close();
    await company.close();
  });

  test('from the app to the company by redirect, back by its form, and to the projects', async () => {
    await signInAndSeeProjects(await toTheCompany());
  });

  test('a company that is asked by a form: a press of a button more, and our page lets it through', async () => {
    await changeIdentityProvider(provider.id, { saml: { signOnBinding: 'post' } }, providers);
    const page = await toTheCompany();
    await page.locator('main[data-page="sign-in-forward"] button').click();
    await signInAndSeeProjects(page);
  });
});
