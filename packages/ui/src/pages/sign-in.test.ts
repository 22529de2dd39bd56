import { describe, expect, it } from 'vitest';
import { renderPage } from '../index.js';
import { context, signInPassword, signInProblems, signInUsername } from '../page-samples.test.data.js';

const inputs = (html: string) => html.match(/<input[^>]*>/g) ?? [];
const named = (html: string, name: string) =>
  inputs(html).filter((input) => input.includes(` name="${name}"`));

describe('the sign-in pages', () => {
  it('post the flow and the username, ready for password managers and typing', () => {
    const html = renderPage({ ...signInUsername, username: 'a"b' }, context);
    expect(html).toMatch(/<form[^>]* action="\/oauth2\/authorize" method="post">/);
    expect(named(html, 'flow')).toEqual(['<input type="hidden" name="flow" value="flowToken123"/>']);
    const [field] = named(html, 'username');
    for (const attribute of [
      'autocomplete="username"',
      'autocapitalize="none"',
      'spellcheck="false"',
      'maxlength="256"',
      'autofocus=""',
      'value="a&quot;b"',
    ]) {
      expect(field).toContain(attribute);
    }
  });

  it('never post a username from the password page, and show password managers one', () => {
    const html = renderPage(signInPassword, context);
    expect(named(html, 'username')).toHaveLength(0);
    const silent = inputs(html).filter((input) => !input.includes(' name='));
    expect(silent).toHaveLength(1);
    expect(silent[0]).toMatch(/readonly=""/);
    expect(named(html, 'password')[0]).toContain('autocomplete="current-password"');
    expect(html).toContain(`href="${signInPassword.changeUsernamePath}"`);
  });

  it.each(signInProblems)('tie the problem $kind to its field', (problem) => {
    for (const page of [signInUsername, signInPassword]) {
      const html = renderPage({ ...page, problem }, context);
      const name = page.kind === 'sign-in-username' ? 'username' : 'password';
      expect(named(html, name)[0]).toContain(`aria-describedby="${name}-problem"`);
      expect(html).toContain(`id="${name}-problem"`);
      expect(html).toContain('<title>Error: ');
      const aboutInput = problem.kind !== 'throttled' && problem.kind !== 'busy';
      expect(named(html, name)[0]?.includes('aria-invalid="true"')).toBe(aboutInput);
    }
  });

  it('say when a throttled person may try again, even if that moment has just passed', () => {
    const retryAt = (context.now ?? 0) + 4 * 60_000;
    const html = renderPage({ ...signInUsername, problem: { kind: 'throttled', retryAt } }, context);
    expect(html).toContain('in 4 minutes');
    expect(html).toContain('<time datetime="2026-03-14T15:13:26.000Z">15:13 UTC</time>');
    const late = renderPage({ ...signInUsername, problem: { kind: 'throttled', retryAt: 0 } }, context);
    expect(late).toContain('in 1 second');
  });
});
