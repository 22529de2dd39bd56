import { describe, expect, it } from 'vitest';
import { stylesheet } from './index.js';

describe('the stylesheet', () => {
  it('asks for nothing from anywhere, so that the strict policy never blocks a part of it', () => {
    expect(stylesheet).not.toMatch(/url\(|@import|@font-face|https?:/);
  });

  it('uses logical properties only, so that right-to-left languages need no second one', () => {
    expect(stylesheet).not.toMatch(
      /(margin|padding|border)-(left|right)|[\s{;](left|right):|text-align: (left|right)/,
    );
  });

  it('keeps Allow from being hit, and from being reached with Tab, for half a second without any script', () => {
    expect(stylesheet).toMatch(/\.button-allow\s*\{\s*animation: arm 0\.5s/);
    expect(stylesheet).toMatch(
      /@keyframes arm\s*\{\s*from, 99\.9%\s*\{\s*visibility: hidden; pointer-events: none/,
    );
  });

  it('knows dark, forced colours, reduced motion and more contrast', () => {
    for (const feature of [
      'prefers-color-scheme',
      'forced-colors',
      'prefers-reduced-motion',
      'prefers-contrast',
    ]) {
      expect(stylesheet).toContain(`(${feature}`);
    }
  });

  it('closes every brace', () => {
    expect(stylesheet.split('{')).toHaveLength(stylesheet.split('}').length);
  });
});
