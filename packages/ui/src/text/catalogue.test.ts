import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { texts, type MessageKey } from './catalogue.js';

const keys = Object.keys(texts.en) as MessageKey[];

/** Names of the placeholders, from the parsed message rather than from its letters. */
function placeholders(message: string, locale: string): readonly string[] {
  const parsed = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst();
  return parsed
    .flatMap((element) => ('value' in element && !isLiteral(element) ? [element.value] : []))
    .sort();
}

/** The parser numbers its element types; literal text is 0. */
const isLiteral = ({ type }: { readonly type: number }): boolean => type === 0;

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(texts['pt-BR'])).toEqual(keys);
  });

  it.each(keys)('have the same placeholders and no empty text: %s', (key) => {
    expect(placeholders(texts['pt-BR'][key], 'pt-BR')).toEqual(placeholders(texts.en[key], 'en'));
    expect(texts.en[key].trim()).not.toBe('');
    expect(texts['pt-BR'][key].trim()).not.toBe('');
  });

  it('have no straight apostrophe, which ICU would swallow', () => {
    for (const catalogue of Object.values(texts))
      expect(Object.values(catalogue).join('')).not.toContain("'");
  });
});
