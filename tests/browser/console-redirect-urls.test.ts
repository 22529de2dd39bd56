import type { Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { openConsole } from './console-views.js';
import { startFreshDemo } from './demo.js';

const TIMEOUT_MS = 120_000;
/** Right to left from here on, if nothing isolates it. */
const OVERRIDE = '\u202e';

/** What somebody types, and why it is refused in each language. */
const WRONG = [
  {
    url: 'http://app.example/callback',
    en: 'uses http, which is allowed for localhost, 127.0.0.1 and [::1] only; use https.',
    'pt-BR': 'usa http, permitido apenas para localhost, 127.0.0.1 e [::1]; use https.',
  },
  {
    url: 'https://app.example/callback?state=1',
    en: 'has “state” in its query, which the answer uses; choose another name.',
    'pt-BR': 'tem “state” na query, que a resposta usa; escolha outro nome.',
  },
  {
    url: 'https://APP.example/callback',
    en: 'is not in its normal form; write https://app.example/callback',
    'pt-BR': 'não está na forma normal; escreva https://app.example/callback',
  },
  {
    url: `https://app.example/${OVERRIDE}callback`,
    en: 'contains blanks, control or non-ASCII characters; percent-encode them.',
    'pt-BR':
      'contém espaços, caracteres de controle ou caracteres não ASCII; codifique-os com % (percent-encoding).',
  },
];
const WORDS = {
  en: {
    ...{ field: 'Redirect URL', save: 'Save', missing: 'At least one redirect URL is needed.' },
    scheme: '“ftp://app.example/” uses the scheme “ftp:”; use https.',
  },
  'pt-BR': {
    ...{ field: 'URL de retorno', save: 'Salvar', missing: 'É preciso pelo menos uma URL de retorno.' },
    scheme: '“ftp://app.example/” usa o esquema “ftp:”; use https.',
  },
};

describe.skipIf(findChromium() === undefined)(
  'why a redirect URL is refused, in the console',
  { timeout: TIMEOUT_MS },
  () => {
    let browser: Browser;
    let demo: Demo;
    beforeAll(async () => {
      [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
    });
    afterAll(async () => {
      await browser.close();
      await demo.close();
    });
    const arrive = async (locale: string): Promise<Page> => {
      const page = await newPage(browser, { locale });
      await openConsole(page, demo, `/applications/${demo.registration.clientId}/settings`);
      return page;
    };

    test.each(['en', 'pt-BR'] as const)('is said in %s while it is typed', async (locale) => {
      const page = await arrive(locale);
      const input = page.getByRole('textbox', { name: `${WORDS[locale].field} 1` });
      for (const { url, [locale]: why } of WRONG) {
        await input.fill(url);
        await input.and(page.locator('[aria-invalid="true"]')).waitFor();
        const said = page.locator(`[id="${(await input.getAttribute('aria-describedby')) ?? ''}"]`);
        expect(await said.textContent()).toBe(`“${url}” ${why}`);
        // What turns the direction of writing ends with what was typed.
        expect(await said.locator('bdi').first().textContent()).toBe(url);
      }
      await page.context().close();
    });

    test.each(['en', 'pt-BR'] as const)('is said in %s when it is saved', async (locale) => {
      const page = await arrive(locale);
      const { field, save, scheme, missing } = WORDS[locale];
      const input = page.getByRole('textbox', { name: `${field} 1` });
      // Nothing is said while somebody types: what stands there is what saving was refused for.
      await page.route('**/check-redirect-url', (route) => route.abort());
      for (const [url, why] of [
        ['ftp://app.example/', scheme],
        ['', missing],
      ] as const) {
        await input.fill(url);
        await page.getByRole('button', { name: save, exact: true }).click();
        await page.getByText(why, { exact: true }).waitFor();
        expect(await input.getAttribute('aria-invalid')).toBe('true');
      }
      await page.context().close();
    });

    test('stands at the field that it is said of', async () => {
      const page = await arrive('en');
      await page.route('**/check-redirect-url', (route) => route.abort());
      const add = page.getByRole('button', { name: 'Add another', exact: true });
      await add.click();
      await add.click();
      const fields = page.getByRole('textbox', { name: /^Redirect URL \d$/ });
      // The second stays empty, and is not sent.
      await fields.nth(2).fill('ftp://app.example/');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText(WORDS.en.scheme, { exact: true }).waitFor();
      const invalid = fields.and(page.locator('[aria-invalid="true"]'));
      expect(
        await invalid.evaluateAll((inputs: HTMLInputElement[]) => inputs.map(({ value }) => value)),
      ).toEqual(['ftp://app.example/']);
      await page.context().close();
    });

    test('is said in the server’s words where the console doesn’t know the reason', async () => {
      const page = await arrive('pt-BR');
      await page.route('**/check-redirect-url', (route) =>
        route.fulfill({ json: { ok: false, detail: 'It is too new.', reason: 'too-new', values: {} } }),
      );
      await page.getByRole('textbox', { name: 'URL de retorno 1' }).fill('https://app.example/new');
      await page.getByText('It is too new.', { exact: true }).waitFor();
      await page.context().close();
    });
  },
);
