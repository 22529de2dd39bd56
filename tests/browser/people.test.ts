import { DEMO_PASSWORD, type Demo } from '@fluxo/example-demo';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { connect, goToConsent, startFreshDemo } from './demo.js';
import { misfitsOf } from './misfits.js';

let browser: Browser;
let demo: Demo;

interface Kind {
  readonly name: string;
  readonly page: string;
  readonly problem?: string;
  readonly show: (page: Page) => Promise<unknown>;
}

const atAuthorize = (query: string) => (page: Page) => page.goto(`${demo.origin}/oauth2/authorize?${query}`);
const ownClient = (more: string) => (page: Page) =>
  atAuthorize(`client_id=${demo.registration.clientId}&response_type=code&${more}`)(page);
const submit = (page: Page) => page.locator('main form button[type="submit"]').first().click();

async function toPassword(page: Page): Promise<void> {
  await page.goto(`${demo.origin}/account`);
  await page.locator('input[name="username"]').fill('ana');
  await submit(page);
  await page.locator('input[name="password"]').waitFor();
}

/** In this order: each leaves the browser as the next one wants it. */
const KINDS: readonly Kind[] = [
  { name: 'username', page: 'sign-in-username', show: (page) => page.goto(`${demo.origin}/account`) },
  {
    name: 'username missing',
    page: 'sign-in-username',
    show: async (page) => {
      await submit(page);
      await page.locator('[aria-invalid="true"]').waitFor();
    },
  },
  { name: 'password', page: 'sign-in-password', show: toPassword },
  {
    name: 'password missing',
    page: 'sign-in-password',
    show: async (page) => {
      await submit(page);
      await page.locator('[aria-invalid="true"]').waitFor();
    },
  },
  {
    name: 'not recognized',
    page: 'sign-in-password',
    show: async (page) => {
      await page.locator('input[name="password"]').fill('wrong on purpose');
      await submit(page);
      await page.locator('[aria-invalid="true"]').waitFor();
    },
  },
  ...(
    [
      ['client-id-missing', atAuthorize('x=1')],
      ['client-id-malformed', atAuthorize('client_id=Planner%20')],
      ['client-unknown', atAuthorize(`client_id=${'0'.repeat(32)}`)],
      ['redirect-uri-mismatch', ownClient(`redirect_uri=https://x.example/${'long-path/'.repeat(20)}`)],
      ['parameter-repeated', ownClient('redirect_uri=a&redirect_uri=b')],
      ['flow-not-yours', (page: Page) => page.goto(`${demo.origin}/consent?flow=x`)],
      ['not-found', (page: Page) => page.goto(`${demo.origin}/nowhere`)],
    ] as const
  ).map(([problem, show]): Kind => ({ name: problem, page: 'error', problem, show })),
  { name: 'consent', page: 'consent', show: (page) => goToConsent(page, demo) },
  {
    name: 'account, nothing connected',
    page: 'account',
    show: (page) => page.goto(`${demo.origin}/account`),
  },
  {
    name: 'account, connected',
    page: 'account',
    show: async (page) => {
      await page.goto(demo.thirdPartyApp.url);
      await page.getByRole('link', { name: /^Connect/ }).click();
      await page.locator('button[value="allow"]').click();
      await page.locator('[data-page="projects"]').waitFor();
      await page.goto(`${demo.origin}/account`);
    },
  },
  {
    name: 'signed out',
    page: 'signed-out',
    show: async (page) => {
      // Leaves nothing connected for the next round.
      await page.locator('form:has(input[name="consent_id"]) button').click();
      await page.locator('form[action*="sign-out"] button').last().click();
      await page.locator('main[data-page="signed-out"]').waitFor();
    },
  },
];

/** Walks through every kind of page. @returns what `look` found, under the page's name */
async function onEveryPage(
  options: BrowserContextOptions,
  look: (page: Page) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const page = await newPage(browser, { reducedMotion: 'reduce', ...options });
  const found: string[] = [];
  for (const kind of KINDS) {
    await kind.show(page);
    const main = page.locator('main');
    const shown = [
      await main.getAttribute('data-page'),
      (await main.getAttribute('data-problem')) ?? undefined,
    ];
    expect([kind.name, ...shown]).toEqual([kind.name, kind.page, kind.problem]);
    found.push(...(await look(page)).map((what) => `${kind.name}: ${what}`));
  }
  await page.context().close();
  return found;
}

/** Twice as long, and marked, as a wordy language would be. */
function doubleTexts(page: Page): Promise<void> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      if (text.trim() !== '') node.nodeValue = `${text} ${text}`;
    }
  });
}

/** Letters of a right-to-left script in the place of ours, and the page turned round. */
function turnRightToLeft(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.documentElement.dir = 'rtl';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      node.nodeValue = (node.nodeValue ?? '').replaceAll(/[a-z]/gi, (letter) =>
        String.fromCharCode(0x05d0 + (letter.toLowerCase().charCodeAt(0) % 26)),
      );
    }
  });
}

describe.skipIf(findChromium() === undefined)('everybody can use the pages', () => {
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
  });

  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  test.each([
    ['320 px', { viewport: { width: 320, height: 640 } }],
    ['200 % zoom', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
    ['Portuguese at 320 px', { viewport: { width: 320, height: 640 }, locale: 'pt-BR' }],
  ] as const)('nothing scrolls sideways or is cut off: %s', async (_name, options) => {
    expect(await onEveryPage(options, misfitsOf)).toEqual([]);
  });

  test('nor with letters twice the size, texts twice as long, or from right to left', async () => {
    const found = await onEveryPage({ viewport: { width: 390, height: 844 } }, async (page) => {
      // Each from a fresh copy of the same page: what was typed or posted stays as it is.
      const body = await page.evaluate(() => document.body.innerHTML);
      const restore = (): Promise<void> =>
        page.evaluate((html) => {
          document.body.innerHTML = html;
          document.documentElement.removeAttribute('style');
        }, body);
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
      const large = await misfitsOf(page);
      await restore();
      await doubleTexts(page);
      const doubled = await misfitsOf(page);
      await restore();
      await turnRightToLeft(page);
      const turned = await misfitsOf(page);
      await restore();
      await page.evaluate(() => (document.documentElement.dir = 'ltr'));
      return [
        ...large.map((what) => `large, ${what}`),
        ...doubled.map((what) => `doubled, ${what}`),
        ...turned.map((what) => `right to left, ${what}`),
      ];
    });
    expect(found).toEqual([]);
  });

  test('a screen reader hears the consent page in order: who, as whom, what, then the decision', async () => {
    const page = await newPage(browser);
    await goToConsent(page, demo);
    // Half a second after the page came.
    await page.locator('button[value="allow"]').waitFor();
    const heard = await page.locator('main').ariaSnapshot();
    const order = [
      /heading ".* wants access to your account" \[level=1\]/,
      /Signed in as/,
      /button "Use another account"/,
      /heading "It will be able to" \[level=2\]/,
      /Retrieve content and information/,
      /Create, edit, and delete records/,
      /button "Allow access"/,
      /button "Cancel"/,
      /Afterwards you go to/,
    ].map((part) => heard.search(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    const landmarks = await page.locator('body').ariaSnapshot();
    expect(landmarks.match(/^- (banner|main|contentinfo)/gm)).toEqual([
      '- banner',
      '- main',
      '- contentinfo',
    ]);
    await page.context().close();
  });

  test.each([
    ['en-US', true],
    ['en-US', false],
    ['pt-BR', true],
    ['pt-BR', false],
  ] as const)(
    'the keyboard alone is enough, and shows where it is (%s, script: %s)',
    async (locale, script) => {
      const page = await newPage(browser, { locale, javaScriptEnabled: script });
      await page.goto(demo.thirdPartyApp.url);
      await page.getByRole('link', { name: /^Connect/ }).focus();
      await page.keyboard.press('Enter');
      await page.locator('input[name="username"]:focus').waitFor();
      await page.keyboard.type('ana');
      await page.keyboard.press('Enter');
      await page.locator('input[name="password"]:focus').waitFor();
      await page.keyboard.type(DEMO_PASSWORD);
      await page.keyboard.press('Enter');
      const allow = page.locator('button[value="allow"]');
      await allow.waitFor();
      expect(await tabUntilFocused(page, 'button[value="allow"]')).toEqual([]);
      await allow.click({ trial: true });
      await page.keyboard.press('Enter');
      await page.locator('[data-page="projects"]').waitFor();
      await page.goto(`${demo.origin}/account`);
      const disconnect = 'form:has(input[name="consent_id"]) button';
      expect(await tabUntilFocused(page, disconnect)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.locator(disconnect).waitFor({ state: 'detached' });
      await page.context().close();
    },
  );

  test('texts of the app’s own pages too fit a small telephone', async () => {
    const page = await newPage(browser, { viewport: { width: 320, height: 640 } });
    await connect(page, demo);
    expect(await misfitsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.locator('[data-page="home"]').waitFor();
    expect(await misfitsOf(page)).toEqual([]);
    await page.context().close();
  });
});

/** Presses Tab until this has the focus. @returns what had the focus on the way and didn't show it */
async function tabUntilFocused(page: Page, selector: string): Promise<readonly string[]> {
  const invisible: string[] = [];
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    const { found, name, shown } = await page.evaluate((wanted) => {
      const element = document.activeElement ?? document.body;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
      return {
        found: element.matches(wanted),
        name: element === document.body ? '' : element.outerHTML.slice(0, 120),
        shown: outlined || boxShadow !== 'none',
      };
    }, selector);
    if (name !== '' && !shown) invisible.push(name);
    if (found) return invisible;
  }
  throw new Error(`${selector} can't be reached with Tab.`);
}
