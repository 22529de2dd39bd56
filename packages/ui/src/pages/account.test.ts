import { describe, expect, it } from 'vitest';
import { renderPage } from '../index.js';
import { account, context } from '../page-samples.test.data.js';

const html = renderPage(account, context);

const forms = (action: string) =>
  (html.match(/<form.*?<\/form>/gs) ?? []).filter((form) =>
    form.includes(`action="${action}" method="post"`),
  );

describe('the account page', () => {
  it('protects every form with the form token', () => {
    const all = html.match(/<form.*?<\/form>/gs) ?? [];
    expect(all).toHaveLength(6);
    for (const form of all)
      expect(form).toContain('<input type="hidden" name="form_token" value="formToken456"/>');
  });

  it('disconnects each application by its consent', () => {
    expect(forms('/account/disconnect')).toHaveLength(3);
    expect(forms('/account/disconnect')[1]).toContain(
      '<input type="hidden" name="consent_id" value="consent2"/>',
    );
    expect(html).toContain('aria-label="Disconnect Ledger"');
  });

  it('ends other sessions one by one, and this one by signing out', () => {
    expect(forms('/account/end-session')).toHaveLength(1);
    expect(forms('/account/end-session')[0]).toContain('name="session_id" value="session2"');
    expect(forms('/sign-out')).toHaveLength(1);
    expect(forms('/account/sign-out-everywhere')).toHaveLength(1);
    expect(html).toContain('This browser');
  });

  it('says since when, and when last used or that it was not used yet', () => {
    expect(html).toContain('<time datetime="2026-02-02T15:09:26.000Z">February 2, 2026</time>');
    expect(html).toContain('3 hours ago</time>');
    expect(html).toContain('Not used yet');
    expect(html).toContain('Dates and times are in UTC.');
  });

  it('says once what just happened', () => {
    expect(html).toMatch(/role="status">.*<bdi>Old Importer<\/bdi> is disconnected/s);
  });

  it('says so when there is nothing to show', () => {
    const empty = renderPage({ ...account, connections: [], sessions: [] }, context);
    expect(empty).toContain('No application is connected');
    expect(empty).toContain('No browser is signed in');
  });
});
