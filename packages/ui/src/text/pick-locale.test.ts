import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pickLocale } from './pick-locale.js';

describe('pickLocale', () => {
  it.each(['pt', 'pt-PT', 'pt-br', 'PT-BR', 'pt_BR'])('speaks Brazilian Portuguese to %s', (tag) => {
    expect(pickLocale(tag, undefined)).toBe('pt-BR');
    expect(pickLocale(undefined, tag)).toBe('pt-BR');
  });

  it('takes the first supported language of ui_locales, before Accept-Language', () => {
    expect(pickLocale('fr pt-PT en', 'en')).toBe('pt-BR');
    expect(pickLocale('en-AU pt', 'pt-BR')).toBe('en');
  });

  it('falls back to Accept-Language when ui_locales names nothing supported', () => {
    expect(pickLocale('fr de', 'pt-BR,en;q=0.5')).toBe('pt-BR');
  });

  it('obeys the weights of Accept-Language', () => {
    expect(pickLocale(undefined, 'en;q=0.7, pt-BR;q=0.9, fr')).toBe('pt-BR');
    expect(pickLocale(undefined, 'pt;q=0, en;q=0.1')).toBe('en');
    expect(pickLocale(undefined, 'pt, en')).toBe('pt-BR');
  });

  it('is English for everything else', () => {
    for (const value of [undefined, '', '*', 'fr-FR', 'ptx', 'en;q=abc'])
      expect(pickLocale(value, value)).toBe('en');
  });

  it('never throws on garbage', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, two) => {
        expect(['en', 'pt-BR']).toContain(pickLocale(one, two));
      }),
    );
  });
});
