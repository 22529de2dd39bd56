import { callbackUrlOf, createIdentityProvider, metadataUrlOf, signOutUrlOf } from '@fluxo/core';
import type { Demo } from '@fluxo/example-demo';
import { makeSigningKey, parseProviderMetadata } from '@fluxo/server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SIMPLESAML_PERSON, SimpleSaml } from '../support/saml/simplesamlphp.js';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { administerDemo } from './demo-administration.js';
import { startFreshDemo } from './demo.js';

const PROVIDER = 'The university';

/** As an administrator does it: its metadata here, ours there. */
async function introduce(demo: Demo, university: SimpleSaml): Promise<void> {
  const { providers, rule } = await administerDemo(demo);
  await rule({ singleSignOn: 'offered' });
  const metadata = parseProviderMetadata(await university.metadata(), Date.now());
  const key = await makeSigningKey({ commonName: 'acme.my.localhost', now: Date.now() });
  const saml = {
    ...{ entityId: metadata.entityId, signOnUrl: metadata.singleSignOn.redirect ?? '' },
    ...{ signOutUrl: metadata.singleLogout?.url ?? '', signRequests: true },
    certificates: metadata.certificates.map(({ pem }) => pem),
    signingCertificate: key.certificatePem,
  };
  const input = { kind: 'saml', name: PROVIDER, saml, autoProvision: true } as const;
  const provider = await createIdentityProvider(input, key.privateKeyPem, providers.administration);
  university.register({
    entityId: metadataUrlOf(demo.origin, provider),
    acsUrl: callbackUrlOf(demo.origin, provider),
    sloUrl: signOutUrlOf(demo.origin, provider),
    certificatePem: key.certificatePem,
  });
}

describe.skipIf(findChromium() === undefined)('single sign-on at SimpleSAMLphp, in a real browser', () => {
  let browser: Browser;
  let demo: Demo;
  let university: SimpleSaml;
  beforeAll(async () => {
    [browser, demo, university] = await Promise.all([launchChromium(), startFreshDemo(), SimpleSaml.start()]);
    await introduce(demo, university);
  });
  afterAll(async () => {
    await browser.close();
    await demo.close();
    await university.close();
  });

  async function signInThere(page: Page): Promise<void> {
    await page.getByRole('link', { name: `Continue with ${PROVIDER}` }).click();
    await page.waitForURL(`${university.url}/**`);
    await page.locator('input[name="username"]').fill(SIMPLESAML_PERSON.username);
    await page.locator('input[name="password"]').fill(SIMPLESAML_PERSON.password);
    await page.keyboard.press('Enter');
  }

  async function connect(): Promise<Page> {
    const page = await newPage(browser);
    await page.goto(demo.thirdPartyApp.url);
    await page.getByRole('link', { name: 'Connect', exact: true }).click();
    await signInThere(page);
    await page.locator('main[data-page="consent"]').waitFor();
    expect(await page.locator('main').innerText()).toContain('Sol Lima');
    await page.locator('button[value="allow"]').click();
    await page.locator('[data-page="projects"]').waitFor();
    return page;
  }

  test('from the app by a signed request, and back to the projects; then out of both, by the link that is offered', async () => {
    const page = await connect();
    await page.goto(`${demo.origin}/account`);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('link', { name: `Sign out of ${PROVIDER} too` }).click();
    await page.getByText(`You are signed out of ${PROVIDER}, too.`).waitFor();
    // There, too: it asks for the password again.
    await page.goto(`${demo.origin}/account`);
    await signInThere(page);
    await page.locator('main[data-page="account"]').waitFor();
    await page.context().close();
  });

  test('signed out there, by its own page: here as well', async () => {
    const page = await connect();
    await page.goto(`${demo.origin}/account`);
    await page.locator('main[data-page="account"]').waitFor();
    await page.goto(`${university.url}/saml2/idp/initSLO.php?RelayState=${university.url}/logout.php`);
    await page.waitForURL(`${university.url}/**`);
    await page.goto(`${demo.origin}/account`);
    await page.locator('main[data-page="sign-in-username"]').waitFor();
    await page.context().close();
  });
});
