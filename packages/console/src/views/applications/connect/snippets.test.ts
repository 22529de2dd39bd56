import { describe, expect, test } from 'vitest';
import type { SnippetValues } from './snippet-values.js';
import { snippetsOf } from './snippets.js';

const web: SnippetValues = {
  origin: 'https://acme.my.example.com',
  clientId: '0123456789abcdef0123456789abcdef',
  kind: 'web',
  name: 'Planner',
  clientSecret: 'theSecret',
  redirectUrl: 'https://planner.example/callback?from=fluxo',
  environmentId: 'fedcba9876543210fedcba9876543210',
  wid: '00112233445566778899aabbccddeeff',
};

const codeOf = (values: SnippetValues, id: string): string => {
  const found = snippetsOf(values).find((snippet) => snippet.id === id);
  if (found === undefined) throw new Error(`There is no snippet ${id}.`);
  return found.code;
};

describe('the snippets', () => {
  test('have the application’s real values in all of them', () => {
    for (const { code } of snippetsOf(web)) expect(code).toContain(web.clientId);
    for (const id of ['curl-dialect', 'curl-standard', 'refresh', 'node', 'python']) {
      expect(codeOf(web, id)).toContain('theSecret');
    }
  });

  test('show no secret in what a browser sees', () => {
    for (const id of ['link', 'html']) expect(codeOf(web, id)).not.toContain('theSecret');
  });

  test('leave a place for a secret that is stored, and for a public client ask for none', () => {
    expect(codeOf({ ...web, clientSecret: undefined }, 'node')).toContain('YOUR_CLIENT_SECRET');
    for (const { code } of snippetsOf({ ...web, kind: 'spa', clientSecret: undefined })) {
      expect(code).not.toMatch(/YOUR_CLIENT_SECRET|client_?secret/i);
    }
  });

  test('link to a redirect URL that comes out as it is registered', () => {
    const link = new URL(codeOf(web, 'link'));
    expect(link.searchParams.get('redirect_uri')).toBe(web.redirectUrl);
    expect(new URL(codeOf({ ...web, kind: 'spa' }, 'link')).searchParams.get('code_challenge_method')).toBe(
      'S256',
    );
  });

  test('stay one argument, one element, one string, whatever a name or a URL holds', () => {
    const nasty = { ...web, name: '<img src=x> & "Co"', redirectUrl: "https://planner.example/it's?a=1" };
    expect(codeOf(nasty, 'curl-dialect')).toContain(`'redirect_uri=https://planner.example/it'\\''s?a=1'`);
    expect(codeOf(nasty, 'html')).toContain('&lt;img src=x&gt; &amp; &quot;Co&quot;');
    expect(codeOf(nasty, 'html')).not.toContain('<img');
  });

  test('of a machine sign for whoever is asking', () => {
    const code = codeOf({ ...web, kind: 'machine', redirectUrl: undefined }, 'node');
    expect(code).toContain(web.environmentId);
    expect(code).toContain(web.wid);
  });
});
