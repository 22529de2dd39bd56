import { describe, expect, it } from 'vitest';
import { renderPage, texts } from '../index.js';
import { application, consent, context } from '../page-samples.test.data.js';

const html = renderPage(consent, context);

describe('the consent page', () => {
  it('offers Allow and Cancel in one form with the flow', () => {
    const form = /<form[^>]* action="\/oauth2\/authorize" method="post"[^>]*>.*?<\/form>/s.exec(html)?.[0];
    expect(form).toContain('<input type="hidden" name="flow" value="flowToken123"/>');
    expect(form).toMatch(/<button[^>]* value="allow" name="decision">Allow access<\/button>/);
    expect(form).toMatch(/<button[^>]* value="cancel" name="decision">Cancel<\/button>/);
    expect(form).not.toContain('autofocus');
  });

  it('switches the account in a form of its own', () => {
    const form = /<form[^>]* action="\/oauth2\/authorize\/switch" method="post"[^>]*>.*?<\/form>/s.exec(
      html,
    )?.[0];
    expect(form).toContain('name="flow" value="flowToken123"');
    expect(form).not.toContain('name="decision"');
  });

  it('says who asks, as whom, what for and where to', () => {
    for (const words of [
      'Harvest Planner',
      'Northfield Labs',
      'Ana Beatriz Lima',
      'ana.lima@aurora.example',
      'Aurora Foods',
      'Retrieve content and information that you have access to',
      'Create, edit, and delete records that you have access to',
      'planner.northfield.example',
      'href="/account"',
    ]) {
      expect(html).toContain(words);
    }
  });

  it('marks every lane but production as a test copy', () => {
    const organization = { name: 'Aurora Foods', domain: 'aurora', lane: 'sb01' };
    expect(renderPage(consent, { ...context, organization })).toContain('Test copy sb01');
    expect(html).not.toContain('Test copy');
  });

  it('opens links of the application beside the page and tells them nothing', () => {
    const links = html.match(/<a [^>]*href="https:[^>]*>/g) ?? [];
    expect(links).toHaveLength(3);
    for (const link of links) expect(link).toContain('rel="noopener noreferrer" target="_blank"');
  });

  it('drops a link that is no web address, whatever the server let through', () => {
    const page = { ...consent, application: { ...application, privacyUrl: 'javascript:alert(1)' } };
    expect(renderPage(page, context)).not.toContain('javascript:');
  });

  it('shows the logo only from its own origin', () => {
    const withLogo = (logoPath: string) =>
      renderPage({ ...consent, application: { ...application, logoPath } }, context);
    expect(withLogo('/logos/1.png')).toContain('src="/logos/1.png"');
    expect(withLogo('//evil.example/1.png')).not.toContain('<img');
    expect(withLogo('/\\evil.example/1.png')).not.toContain('<img');
  });

  it('escapes and neutralises every hostile name', () => {
    const evil = '\u{202E}<script>alert(1)</script>"\u{200B}\'';
    const page = {
      ...consent,
      application: { name: evil, description: evil, developerName: evil, developerEmail: evil },
      user: { name: evil, username: evil },
      redirectHost: evil,
    };
    const hostile = renderPage(page, { ...context, organization: { name: evil, domain: 'x', lane: evil } });
    expect(hostile.match(/<script/g)).toHaveLength(1);
    expect(hostile).not.toMatch(/[\u{202E}\u{200B}]/u);
    expect(hostile).toContain('<bdi>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;</bdi>');
  });

  it('never cuts the end of a host, where its owner stands', () => {
    const redirectHost = `${'a.'.repeat(120)}owner.example`;
    expect(renderPage({ ...consent, redirectHost }, context)).toContain('owner.example</bdo>');
  });

  it('says so when the answer may be remembered', () => {
    expect(renderPage({ ...consent, remembers: true }, context)).toContain(texts.en['consent.remembers']);
    expect(html).not.toContain(texts.en['consent.remembers']);
  });
});
