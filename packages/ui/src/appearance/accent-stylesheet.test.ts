import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { darkTokens, lightTokens } from '../style/tokens.js';
import { accentStylesheet, accentTokens } from './accent-stylesheet.js';
import { BLACK, contrast, parseHex, WHITE } from './contrast.js';

const hex = fc.integer({ min: 0, max: 0xff_ff_ff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
const THEMES = [
  { name: 'light', tokens: lightTokens, towards: BLACK },
  { name: 'dark', tokens: darkTokens, towards: WHITE },
] as const;

/** Nothing, everything, the ones in between, and those that are hardest: neither black nor white is far from them. */
const EXAMPLES = ['#000000', '#ffffff', '#757575', '#777777', '#ffd400', '#001f5b', '#e4002b', '#00ff00'];

function backgroundsOf(tokens: string): readonly string[] {
  return ['surface', 'paper', 'sunken'].map(
    (name) => new RegExp(`--${name}: (#\\w{6})`).exec(tokens)?.[1] ?? '',
  );
}

describe('contrast', () => {
  it('is what WCAG says it is', () => {
    expect(contrast(BLACK, WHITE)).toBeCloseTo(21);
    expect(contrast(parseHex('#777777'), WHITE)).toBeCloseTo(4.48, 2);
    expect(contrast(parseHex('#0a6352'), parseHex('#0a6352'))).toBe(1);
  });
});

describe.each(THEMES)('an organization’s colour in the $name theme', ({ tokens, towards }) => {
  const ratio = (first: string | undefined, second: string | undefined): number =>
    contrast(parseHex(first ?? ''), parseHex(second ?? ''));

  function check(accent: string): void {
    const colors = accentTokens(accent, tokens, towards);
    const { 'accent-soft': soft = '' } = colors;
    for (const background of [...backgroundsOf(tokens), soft]) {
      expect(ratio(colors['accent'], background), `${accent} text on ${background}`).toBeGreaterThanOrEqual(
        4.5,
      );
    }
    for (const button of ['primary', 'primary-hover'])
      expect(ratio(colors[button], colors['on-primary']), `${accent} ${button}`).toBeGreaterThanOrEqual(4.5);
    const [ink] = /(?<=--ink: )#\w{6}/.exec(tokens) ?? [];
    expect(ratio(ink, soft), `ink on ${soft}`).toBeGreaterThanOrEqual(4.5);
  }

  it.each(EXAMPLES)('%s reads with 4.5:1 wherever it is text, and has it under what is written on it', check);

  it('so does every other', () => {
    fc.assert(fc.property(hex, check));
  });

  it('is the button as it is', () => {
    expect(accentTokens('#ffd400', tokens, towards)).toMatchObject({
      primary: '#ffd400',
      'on-primary': '#000000',
    });
  });
});

describe('the stylesheet of a colour', () => {
  it('has nothing in it but colours of its own making', () => {
    expect(
      accentStylesheet('#7a1fa2')
        .replaceAll(/--[a-z-]+: #[0-9a-f]{6};/g, '')
        .replaceAll(/\s+/g, ' '),
    ).toBe(':root { } @media (prefers-color-scheme: dark) { :root { } } ');
  });
});
