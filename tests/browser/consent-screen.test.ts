import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { registerApplication } from '@fluxo/core';
import { DEMO_PASSWORD, type Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { goToConsent, signIn, startFreshDemo } from './demo.js';
import { violationsOf } from './violations.js';

let browser: Browser;
let demo: Demo;

describe.skipIf(findChromium() === undefined)('53 · framing and double-click tricks', () => {
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
  });

  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  test('a click that was meant for another window, in the page’s first moment, allows nothing', async () => {
    const page = await newPage(browser);
    await goToConsent(page, demo);
    // At a fixed point of the page's life, whatever the machine's speed: everything is there, no time has passed.
    await page.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => {
        const allow = document.querySelector<HTMLButtonElement>('button[value="allow"]');
        if (allow === null) return;
        document.documentElement.dataset['pointer'] = getComputedStyle(allow).pointerEvents;
        document.documentElement.dataset['tried'] = 'yes';
        allow.click();
      });
    });
    const navigations: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') navigations.push(request.url());
    });
    await page.reload();
    const { tried, pointer } = await page.evaluate(() => {
      const { dataset } = document.documentElement;
      return { tried: dataset['tried'], pointer: dataset['pointer'] };
    });
    expect(tried).toBe('yes');
    // Without script, the style sheet alone keeps the pointer off.
    expect(pointer).toBe('none');
    expect(navigations).toEqual([]);
    expect(await page.locator('main[data-page="consent"]').count()).toBe(1);
    // The benign twin: who reads first and then presses is not held up.
    await page.locator('button[value="allow"]').click();
    await page.locator('[data-page="projects"]').waitFor();
    await page.context().close();
  });

  test('without script, Tab and Enter do not reach Allow in the page’s first moment, and do after it', async () => {
    const early = await newPage(browser, { javaScriptEnabled: false });
    // The half second made long, so that no machine is too slow to be within it.
    let slowed = false;
    await early.route('**/*.css', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace('arm 0.5s', 'arm 600s');
      slowed ||= body.includes('arm 600s');
      await route.fulfill({ response: answer, body });
    });
    await goToConsent(early, demo);
    expect(slowed).toBe(true);
    await tabTo(early, 'button', 'Cancel');
    await expect(tabTo(early, 'button', 'Allow access')).rejects.toThrow('can’t be reached');
    await early.context().close();

    const page = await newPage(browser, { javaScriptEnabled: false });
    await goToConsent(page, demo);
    await page.locator('button[value="allow"]').click({ trial: true });
    await tabTo(page, 'button', 'Allow access');
    await page.keyboard.press('Enter');
    await page.locator('[data-page="projects"]').waitFor();
    await page.context().close();
  });

  test('no other page can frame ours', async () => {
    const page = await newPage(browser);
    await goToConsent(page, demo);
    const attacker = await startFramingSite();
    const frame = async (url: string): Promise<string> => {
      const other = await page.context().newPage();
      await other.goto(`${attacker.url}?frame=${encodeURIComponent(url)}`, { waitUntil: 'load' });
      const text = await other.frameLocator('iframe').locator('body').innerText();
      await other.close();
      return text;
    };
    // The benign twin: what may be framed is.
    expect(await frame(`${attacker.url}inner`)).toContain('an inner page');
    expect(await frame(page.url())).not.toContain('Allow access');
    await attacker.close();
    await page.context().close();
  });

  test('an application whose callback redirects on to another of its hosts is not stopped by our page', async () => {
    const final = await startSite((_request, response) => response.end('<h1>The planner, at last</h1>'));
    const callback = await startSite((_request, response) => {
      response.writeHead(302, { location: final.url.replace('127.0.0.1', 'localhost') }).end();
    });
    const { storage, essentials, hosts } = demo.server.services;
    const environment = await storage.environments.findByName({ domain: 'acme', lane: 'my' });
    if (environment === undefined) throw new Error('The demo has no environment.');
    const { application } = await registerApplication(
      { kind: 'web', name: 'Hops', redirectUrls: [`${callback.url}callback`] },
      {
        environmentId: environment.id,
        store: storage.forEnvironment(environment.id).applications,
        essentials,
        isOwnHost: hosts.isOwnHost,
      },
    );
    const page = await newPage(browser);
    await page.goto(`${demo.origin}/oauth2/authorize?client_id=${application.clientId}&response_type=code`);
    await signIn(page);
    await page.locator('button[value="allow"]').click();
    await page.getByRole('heading', { name: 'The planner, at last' }).waitFor();
    await page.context().close();
    await Promise.all([final.close(), callback.close()]);
  });

  test('axe finds nothing on sign-in, consent, account and error pages', async () => {
    const page = await newPage(browser);
    await page.goto(`${demo.origin}/account`);
    expect(await violationsOf(page)).toEqual([]);
    await goToConsent(page, demo);
    expect(await violationsOf(page)).toEqual([]);
    await page.locator('button[value="allow"]').click();
    await page.locator('[data-page="projects"]').waitFor();
    await page.goto(`${demo.origin}/account`);
    expect(await violationsOf(page)).toEqual([]);
    await page.goto(
      `${demo.origin}/oauth2/authorize?client_id=${demo.registration.clientId}&redirect_uri=https://x.example`,
    );
    expect(await page.locator('main').getAttribute('data-problem')).toBe('redirect-uri-mismatch');
    expect(await violationsOf(page)).toEqual([]);
    await page.context().close();
  });

  test('the keyboard alone is enough, from Connect to Disconnect', async () => {
    const page = await newPage(browser);
    await page.goto(demo.thirdPartyApp.url);
    await tabTo(page, 'a', 'Connect');
    await page.keyboard.press('Enter');
    await page.locator('input[name="username"]').waitFor();
    await page.keyboard.type('ana');
    await page.keyboard.press('Enter');
    await page.locator('input[name="password"]').waitFor();
    await page.keyboard.type(DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('main[data-page="consent"]').waitFor();
    // Armed after half a second, when it can be pressed: Playwright's own check of an enabled, reachable button.
    // Until then Tab passes it by, and it counts from when the page has the focus: one Tab gives it that.
    await page.keyboard.press('Tab');
    await page.locator('button[value="allow"]').click({ trial: true });
    await tabTo(page, 'button', 'Allow access');
    await page.keyboard.press('Enter');
    await page.locator('[data-page="projects"]').waitFor();
    await tabTo(page, 'button', 'Disconnect');
    await page.keyboard.press('Enter');
    await page.locator('[data-page="home"]').waitFor();
    await page.context().close();
  });
});

/** Presses Tab until the element with this text has the focus. */
async function tabTo(page: Page, element: string, text: string): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => ({
      element: document.activeElement?.tagName.toLowerCase(),
      text: document.activeElement?.textContent ?? '',
    }));
    if (focused.element === element && focused.text.includes(text)) return;
  }
  throw new Error(`${text} can’t be reached with Tab.`);
}

/** Somebody else's site, which puts whatever it is told into a frame. */
function startFramingSite(): Promise<Site> {
  return startSite((request, response) => {
    const framed = new URL(request.url ?? '/', 'http://attacker.example').searchParams.get('frame');
    response.end(
      framed === null ? 'an inner page' : `<iframe src="${framed}" width="800" height="800"></iframe>`,
    );
  });
}

interface Site {
  readonly url: string;
  close(): Promise<void>;
}

async function startSite(answer: RequestListener): Promise<Site> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
