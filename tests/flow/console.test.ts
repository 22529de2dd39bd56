import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import type { TestTenant } from '../support/tenant.js';
import { pageOf } from '../support/visitor.js';

let fluxo: TestFluxo;
let acme: TestTenant;

beforeAll(async () => {
  fluxo = await startFluxo();
  acme = await fluxo.environment('acme');
  await acme.user('ana');
  await acme.user('ben', { administrator: true });
});

afterAll(() => fluxo.close());

describe('the console', () => {
  test('asks who it is, and comes back', async () => {
    const visitor = acme.visitor();
    const asked = await visitor.get('/console');
    expect(pageOf(asked).page).toBe('sign-in-username');
  });

  test('is for administrators: anybody else is told so', async () => {
    const ana = acme.visitor();
    await ana.signIn('ana');
    const answer = await ana.get('/console/applications');
    expect([answer.status, pageOf(answer).problem]).toEqual([403, 'administrators-only']);
  });

  test('is one page for all its paths, with scripts of its own files alone and styles by a nonce of its own', async () => {
    const ben = acme.visitor();
    await ben.signIn('ben');
    const nonces = new Set<string>();
    for (const path of ['/console', '/console/applications/0123?q=a']) {
      const answer = await ben.get(path);
      const policy = String(answer.headers['content-security-policy']);
      const [, nonce = ''] = /style-src 'self' 'nonce-([\w-]{22})'/.exec(policy) ?? [];
      expect(answer.status).toBe(200);
      expect(answer.body).toContain(`nonce="${nonce}"`);
      expect(answer.body).not.toMatch(/__FLUXO|<script(?![^>]* src="\/console\/assets\/)|<style|style=/);
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src");
      expect(answer.headers['cache-control']).toBe('no-store');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });

  test('its files are kept forever, and there are no others', async () => {
    const ben = acme.visitor();
    await ben.signIn('ben');
    const { body } = await ben.get('/console');
    const [script = ''] = /\/console\/assets\/index-[\w-]+\.js/.exec(body) ?? [];
    const file = await acme.send({ path: script });
    expect([file.status, file.headers['cache-control']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    for (const name of ['..%2Findex.html', '..%2F..%2Fpackage.json', 'index.html', 'nothing.js']) {
      expect((await acme.send({ path: `/console/assets/${name}` })).status).toBe(404);
    }
  });
});
