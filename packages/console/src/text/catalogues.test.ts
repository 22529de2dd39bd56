import { describe, expect, test } from 'vitest';
import { brazilianPortuguese } from './brazilian-portuguese.js';
import { english, type MessageKey } from './english.js';
import { textIn } from './text.js';

const KEYS = Object.keys(english) as MessageKey[];
const placeholders = (message: string): readonly string[] =>
  Array.from(message.matchAll(/\{(\w+)/g), ([, name]) => name ?? '')
    .filter((name) => name in SAMPLE)
    .sort();

/** Every placeholder that there is. */
const SAMPLE = {
  ...{ page: 'p', site: 's', lane: 'l', version: 'v', count: 2, word: 'w', status: 1, id: 'i', number: 1 },
  ...{ name: 'n', url: 'u', when: 't', host: 'h', error: 'e', description: 'd', days: 3, person: 'p' },
  ...{ characters: 'c', fingerprint: 'f' },
};

describe('the catalogues', () => {
  test('have the same messages, and the same placeholders in each', () => {
    expect(Object.keys(brazilianPortuguese).sort()).toEqual([...KEYS].sort());
    const different = KEYS.filter(
      (key) => placeholders(english[key]).join() !== placeholders(brazilianPortuguese[key]).join(),
    );
    expect(different).toEqual([]);
  });

  test('can be read in full in both languages', () => {
    for (const text of [textIn('en', english), textIn('pt-BR', brazilianPortuguese)]) {
      for (const key of KEYS) expect(text.t(key, SAMPLE)).not.toMatch(/[{}]|^$/);
    }
  });
});
