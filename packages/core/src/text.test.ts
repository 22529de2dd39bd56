import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from './errors/oauth-error.js';
import { checkText } from './text.js';

const LIMITS = { max: 10 };

describe('a person’s text', () => {
  it('is trimmed and normalized', () => {
    expect(checkText('name', '  Cafe\u0301 ', LIMITS)).toBe('Café');
  });

  it('is counted in characters, not in code units', () => {
    expect(checkText('name', '😀'.repeat(10), LIMITS)).toBe('😀'.repeat(10));
    expect(() => checkText('name', '😀'.repeat(11), LIMITS)).toThrow('at most 10 characters');
  });

  it.each([
    ['names of many scripts', 'José 李 Ada'],
    ['Arabic and Hebrew', 'مرحبا שלום'],
    ['an emoji with its variation', '❤️'],
    ['HTML, which is shown as text', '<b>x</b>'],
  ])('may be %s', (_name, text) => {
    expect(checkText('name', text, LIMITS)).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['blanks only', ' \t\u3000 '],
    ['a line break', 'a\nb'],
    ['NUL', 'a\0b'],
    ['a right-to-left override', 'a\u202Eb'],
    ['a direction isolate', 'a\u2066b'],
    ['the Arabic letter mark', 'a\u061Cb'],
    ['a zero-width space', 'a\u200Bb'],
    ['a zero-width joiner', 'a\u200Db'],
    ['a soft hyphen', 'a\u00ADb'],
    ['a byte order mark', 'a\uFEFFb'],
    ['a line separator', 'a\u2028b'],
    ['letters of the tag block', 'a\u{E0041}b'],
    ['a filler that looks like nothing', '\u3164'],
    ['half a character', 'a\uD800'],
  ])('must not be or contain %s', (_name, text) => {
    expect(() => checkText('name', text, LIMITS)).toThrow(InputError);
  });

  it('is stable: what was taken is taken again as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        let taken: string;
        try {
          taken = checkText('name', text, LIMITS);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          return;
        }
        expect(checkText('name', taken, LIMITS)).toBe(taken);
      }),
    );
  });

  it('names the field in words', () => {
    expect(() => checkText('developerName', '', LIMITS)).toThrow('The developer name must not be empty.');
  });
});
