import type { Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { openConsole, viewIsThere } from './console-views.js';
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
      'contém espaços, caracteres de controle ou fora do ASCII; use a codificação por porcentagem (%).',
  },
];
const WORDS = {
  en: { field: 'Redirect URL', save: 'Save', missing: 'At least one redirect URL is needed.' },
  'pt-BR': { field: 'URL de retorno', save: 'Salvar', missing: 'É preciso pelo menos uma URL de retorno.' },
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
      await openConsole(page, demo);
      await page.goto(`${demo.origin}/console/applications/${demo.registration.clientId}/settings`);
      await viewIsThere(page);
      return page;
    };

    test.each(['en', 'pt-BR'] as const)(
      'is said in %s while it is typed and when it is saved',
      async (locale) => {
        const page = await arrive(locale === 'en' ? 'en-US' : locale);
        const { field, save, missing } = WORDS[locale];
        const input = page.getByRole('textbox', { name: `${field} 1` });
        const refusal = input.and(page.locator('[aria-invalid="true"]'));
        const said = async (): Promise<string | null> =>
          page.locator(`[id="${(await input.getAttribute('aria-describedby')) ?? ''}"]`).textContent();
        for (const { url, [locale]: why } of WRONG) {
          await input.fill(url);
          await refusal.waitFor();
          expect(await said()).toBe(`“${url}” ${why}`);
        }
        await page.getByRole('button', { name: save, exact: true }).click();
        await expect.poll(said).toBe(`“${WRONG.at(-1)?.url ?? ''}” ${WRONG.at(-1)?.[locale] ?? ''}`);
        await input.fill('');
        await page.getByRole('button', { name: save, exact: true }).click();
        await page.getByText(missing, { exact: true }).waitFor();
        await page.context().close();
      },
    );

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
