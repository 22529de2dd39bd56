import { darkTokens, lightTokens } from '../style/tokens.js';
import { BLACK, contrast, formatHex, mix, parseHex, WHITE, type Rgb } from './contrast.js';

/** WCAG 2.2 AA, 1.4.3, for texts of any size; with a little to spare for the rounding to 8 bits. */
const TEXT_CONTRAST = 4.55;
const STEPS = 100;

/**
 * An organization's colour on the pages. Buttons have it as it is, with black or white on them, whichever reads
 * better: one of the two always has 4.58:1. Where it is the colour of texts, icons and lines it is darkened (in the dark
 * theme: lightened) until it has 4.5:1 on everything that they stand on. So every colour can be taken.
 * @param accent `#rrggbb`
 */
export function accentStylesheet(accent: string): string {
  return `:root {${declarationsFor(accent, lightTokens, BLACK)}
}
@media (prefers-color-scheme: dark) {
  :root {${declarationsFor(accent, darkTokens, WHITE)}
  }
}
`;
}

function declarationsFor(accent: string, tokens: string, towards: Rgb): string {
  return Object.entries(accentTokens(accent, tokens, towards))
    .map(([name, color]) => `\n  --${name}: ${color};`)
    .join('');
}

/** @param towards where text gets more contrast with the theme's backgrounds */
export function accentTokens(accent: string, tokens: string, towards: Rgb): Readonly<Record<string, string>> {
  const brand = parseHex(accent);
  const surface = colorOf('surface', tokens);
  const soft = mix(surface, brand, 0.1);
  const backgrounds = [surface, colorOf('paper', tokens), colorOf('sunken', tokens), soft];
  const text = readableOn(backgrounds, brand, towards);
  const onBrand = contrast(brand, WHITE) >= contrast(brand, BLACK) ? WHITE : BLACK;
  // Away from what is written on it, so that it stays as readable.
  const hover = mix(brand, onBrand === WHITE ? BLACK : WHITE, 0.16);
  const colors = {
    ...{ accent: text, 'accent-soft': soft },
    ...{ primary: brand, 'primary-hover': hover, 'on-primary': onBrand, 'primary-line': text },
  };
  return Object.fromEntries(Object.entries(colors).map(([name, color]) => [name, formatHex(color)]));
}

function readableOn(backgrounds: readonly Rgb[], color: Rgb, towards: Rgb): Rgb {
  for (let step = 0; step < STEPS; step += 1) {
    const candidate = mix(color, towards, step / STEPS);
    if (backgrounds.every((background) => contrast(candidate, background) >= TEXT_CONTRAST)) return candidate;
  }
  return towards;
}

function colorOf(name: string, tokens: string): Rgb {
  const [, hex] = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(tokens) ?? [];
  if (hex === undefined) throw new Error(`The tokens have no colour ${name}.`);
  return parseHex(hex);
}
