import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { brazilianPortuguese } from './brazilian-portuguese.js';
import { english, type MessageKey } from './english.js';
import { textIn } from './text.js';

const KEYS = Object.keys(english) as MessageKey[];

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** What a message needs to be given, in its branches too. */
function placeholdersOf(message: string, locale: string): readonly string[] {
  const names = (parts: readonly Part[]): readonly string[] =>
    parts.flatMap((part) => {
      // 0 is text, 7 the `#` of a plural.
      const own = part.type === 0 || part.type === 7 ? [] : [part.value];
      const branches = 'options' in part ? Object.values(part.options) : [];
      return [...own, ...branches.flatMap(({ value }) => names(value))];
    });
  const parts = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst();
  return [...new Set(names(parts))].sort();
}

describe('the catalogues', () => {
  test('have the same messages, and the same placeholders in each', () => {
    expect(Object.keys(brazilianPortuguese).sort()).toEqual([...KEYS].sort());
    const different = KEYS.filter((key) => {
      const inEnglish = placeholdersOf(english[key], 'en').join();
      return inEnglish !== placeholdersOf(brazilianPortuguese[key], 'pt-BR').join();
    });
    expect(different).toEqual([]);
  });

  test('can be read in full in both languages', () => {
    for (const text of [textIn('en', english), textIn('pt-BR', brazilianPortuguese)]) {
      for (const key of KEYS) {
        const values = Object.fromEntries(placeholdersOf(english[key], 'en').map((name) => [name, 2]));
        expect(text.t(key, values)).not.toMatch(/[{}]|^$/);
      }
    }
  });
});
