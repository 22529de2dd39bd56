import { describe, expect, it } from 'vitest';
import { renderPage } from '../index.js';
import type { Organization } from '../page.js';
import { allPages, context } from '../page-samples.test.data.js';

const [page] = allPages;

function render(look: Partial<Organization>): string {
  if (page === undefined) throw new Error('There are no samples.');
  const organization = { name: 'Aurora Foods', domain: 'aurora', lane: 'my', ...look };
  return renderPage(page, { ...context, organization });
}

describe('what surrounds the pages of an organization', () => {
  it('has its colour after the common stylesheet, so that it wins, and its logo beside the name', () => {
    const html = render({ accentStylesheetPath: '/assets/accent.css', logoPath: '/organization/logo?v=1' });
    const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href);
    expect(sheets).toEqual([context.stylesheetPath, '/assets/accent.css']);
    expect(html).toContain('<img class="site-logo" src="/organization/logo?v=1" alt=""');
  });

  it('asks no other origin for either', () => {
    for (const other of [
      '//evil.example/x',
      '/\\evil.example/x',
      'https://evil.example/x',
      'data:text/css,x',
    ]) {
      expect(render({ accentStylesheetPath: other, logoPath: other })).not.toMatch(/evil|data:/);
    }
  });

  it('has neither where the organization has none', () => {
    const html = render({});
    expect(html.match(/<link rel="stylesheet"/g)).toHaveLength(1);
    expect(html).not.toContain('site-logo');
  });
});
