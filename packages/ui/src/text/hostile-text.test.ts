import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName, excerpt, initials } from './hostile-text.js';

describe('cleanName', () => {
  it('takes away every bidi control, so that a name cannot turn its neighbours around', () => {
    expect(cleanName('\u{202E}Bank\u{202C}\u{2066}\u{2069}\u{200F}\u{061C}')).toBe('Bank');
  });

  it('takes away zero-width characters, so that two different names cannot look alike', () => {
    expect(cleanName('Pay\u{200B}roll\u{200D}\u{2060}\u{FEFF}\u{00AD}\u{3164}\u{E0041}')).toBe('Payroll');
  });

  it('turns control characters and line separators into one space', () => {
    expect(cleanName('a\r\n\tb\u{0000}\u{2028}c')).toBe('a b c');
  });

  it('is empty when nothing visible is left', () => {
    expect(cleanName('\u{200B} \u{3164}\u{2800}\u{202E}')).toBe('');
  });

  it('lets names in any script and emoji through', () => {
    for (const name of ['José', '株式会社', 'שלום', 'ไทย', '☀️ Sol']) expect(cleanName(name)).toBe(name);
  });

  it('says the same of ordinary names, whichever way they are looked at: a blank before it takes the longer one', () => {
    const characters = fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 40 }), (all) => {
        const name = all.join('');
        expect(cleanName(` ${name}`)).toBe(cleanName(name));
      }),
      { numRuns: 1000 },
    );
  });

  it('limits marks piled on one letter', () => {
    expect(cleanName(`x${'\u{0335}'.repeat(50)}`)).toHaveLength(5);
  });

  it('shortens without cutting a character in two, and repairs lone surrogates', () => {
    expect(cleanName('👍🏽'.repeat(100), 10)).toMatch(/^(👍🏽)+…$/u);
    expect(cleanName('a\u{D800}b')).toBe('a\u{FFFD}b');
  });
});

describe('initials', () => {
  it('are the first letters of the first and last word, and of an address its person', () => {
    expect(initials('Ana Beatriz Lima', 2)).toBe('AL');
    expect(initials('ana.lima@aurora.example', 2)).toBe('AL');
    expect(initials('élan', 1)).toBe('É');
  });

  it('have a stand-in for names without letters', () => {
    expect(initials('\u{202E}!!', 1)).toBe('•');
  });
});

describe('excerpt', () => {
  it('spells out what cannot be seen', () => {
    expect(excerpt('a\u{202E}b\u{200B}\n').before).toBe('a‹U+202E›b‹U+200B›‹U+000A›');
  });

  it('shortens to about 200 characters', () => {
    expect(excerpt('x'.repeat(5000))).toEqual({ before: 'x'.repeat(200), marked: '', after: '…' });
  });

  it('marks the differing character and keeps it in view', () => {
    expect(excerpt('https://a/Cb', { position: 11 })).toEqual({
      before: 'https://a/',
      marked: 'C',
      after: 'b',
    });
    const long = excerpt(`${'x'.repeat(900)}Y${'z'.repeat(900)}`, { position: 901 });
    expect(long.marked).toBe('Y');
    expect(long.before).toBe(`…${'x'.repeat(100)}`);
  });

  it('marks nothing where the value ends before the difference', () => {
    expect(excerpt('abc', { position: 4 })).toEqual({ before: 'abc', marked: '', after: '' });
  });
});
