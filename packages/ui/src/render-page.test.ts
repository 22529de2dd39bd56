import { describe, expect, it } from 'vitest';
import { renderPage } from './index.js';
import { allPages, context, signInUsername } from './page-samples.test.data.js';

const locales = ['en', 'pt-BR'] as const;

describe.each(locales)('every page in %s', (locale) => {
  it.each(allPages.map((page, index) => [`${index} ${page.kind}`, page] as const))(
    'is a whole document in its language, without inline style or script: %s',
    (_, page) => {
      const html = renderPage(page, { ...context, locale });
      expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${locale}" dir="ltr">`));
      expect(html).toContain('<meta name="robots" content="noindex"/>');
      expect(html).toContain(`<link rel="stylesheet" href="${context.stylesheetPath}"/>`);
      expect(html).toContain(`<main data-page="${page.kind}"`);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).not.toMatch(/ style=|<style| on[a-z]+=/i);
      expect(html.match(/<script/g) ?? []).toHaveLength(page.kind === 'consent' ? 1 : 0);
      expect(html).not.toMatch(/undefined|\[object|NaN|\{[a-z]/i);
    },
  );
});

describe('attributes', () => {
  it('have the names HTML gives them, and their values are left alone', () => {
    const username = 'x AutoComplete= Foo=';
    const html = renderPage({ ...signInUsername, username }, context);
    expect(html).toContain('autocomplete="username"');
    expect(html).toContain(`value="${username}"`);
    expect(html).not.toMatch(/ [a-z]+[A-Z][A-Za-z]*=""/);
  });
});
