import type { Messages } from './english.js';
import { textIn, type Locale, type Text } from './text.js';

const STORED = 'fluxo-console-language';

/** One file for each language: nobody waits for a language that they don't read. */
const catalogues: Readonly<Record<Locale, () => Promise<Messages>>> = {
  en: async () => (await import('./english.js')).english,
  'pt-BR': async () => (await import('./brazilian-portuguese.js')).brazilianPortuguese,
};

/** The language that was chosen here before, else the browser's. */
export async function loadText(locale: Locale = readLocale()): Promise<Text> {
  const text = textIn(locale, await catalogues[locale]());
  document.documentElement.lang = locale;
  return text;
}

export function storeLocale(locale: Locale): void {
  try {
    localStorage.setItem(STORED, locale);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

function readLocale(): Locale {
  const tags = [storedLocale(), ...navigator.languages];
  for (const tag of tags) {
    const language = tag.toLowerCase().split('-', 1)[0];
    // Every Portuguese reader is better served by ours than by English.
    if (language === 'pt') return 'pt-BR';
    if (language === 'en') return 'en';
  }
  return 'en';
}

function storedLocale(): string {
  try {
    return localStorage.getItem(STORED) ?? '';
  } catch {
    return '';
  }
}
