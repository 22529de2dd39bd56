import { describe, expect, it } from 'vitest';
import { renderPage, texts } from '../index.js';
import { bareContext, context, errorPages, mismatchPages } from '../page-samples.test.data.js';

describe('the error page', () => {
  it.each(errorPages)('names its kind for programs and the request for people: $problem.kind', (page) => {
    if (page.kind !== 'error') throw new Error('not an error page');
    const html = renderPage(page, context);
    expect(html).toContain(`<main data-page="error" data-problem="${page.problem.kind}">`);
    expect(html).toContain(`<code>${context.requestId}</code>`);
  });

  it.each(mismatchPages)('gives the developer the advice for $problem.mismatch.hint', (page) => {
    if (page.kind !== 'error' || page.problem.kind !== 'redirect-uri-mismatch')
      throw new Error('not a mismatch');
    for (const locale of ['en', 'pt-BR'] as const) {
      expect(renderPage(page, { ...context, locale })).toContain(
        texts[locale][`redirect.${page.problem.mismatch.hint}`],
      );
    }
  });

  it('marks the differing character', () => {
    const mismatch = { received: 'https://app.example/Callback', position: 21, hint: 'letter-case' } as const;
    const html = renderPage({ kind: 'error', problem: { kind: 'redirect-uri-mismatch', mismatch } }, context);
    expect(html).toContain('https://app.example/<mark>C</mark>allback');
  });

  it('marks the end where something is missing there', () => {
    const mismatch = { received: 'https://app.example/cb', position: 23, hint: 'trailing-slash' } as const;
    const html = renderPage({ kind: 'error', problem: { kind: 'redirect-uri-mismatch', mismatch } }, context);
    expect(html).toContain('cb<mark>(ends here)</mark>');
  });

  it('never makes a link or markup of what was received, and shortens it', () => {
    const received = `https://evil.example/"><script>\u{202E}${'x'.repeat(4000)}`;
    const mismatch = { received, hint: 'host' } as const;
    const html = renderPage({ kind: 'error', problem: { kind: 'redirect-uri-mismatch', mismatch } }, context);
    expect(html).not.toMatch(/<a |<script|\u{202E}/u);
    expect(html).toContain('‹U+202E›');
    expect(html.match(/x{150,}/)?.[0].length).toBeLessThan(200);
  });

  it('needs no organization: an unknown host has none', () => {
    expect(renderPage({ kind: 'error', problem: { kind: 'not-found' } }, bareContext)).toContain(
      '· Fluxo</title>',
    );
  });
});
