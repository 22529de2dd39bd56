import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Administrator } from '../support/administrator.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import type { TestTenant } from '../support/tenant.js';

const LOGO = { png: Buffer.from([1, 2, 3]), version: 'abc123' };
const PAGE = '/forgot-password';

let fluxo: TestFluxo;
let tenant: TestTenant;
beforeAll(async () => {
  fluxo = await startFluxo();
  tenant = await fluxo.environment('acme', 'my', { accentColor: '#7a1fa2' });
});
afterAll(() => fluxo.close());

const stylesheetOf = (html: string): string | undefined => /\/assets\/accent-[^"]+/.exec(html)?.[0];

describe('an organization’s look', () => {
  it('is a stylesheet of its colour beside the common one, which a strict policy lets in', async () => {
    const { body, headers } = await tenant.send({ path: PAGE });
    const path = stylesheetOf(body) ?? '';
    expect(path).toMatch(/^\/assets\/accent-7a1fa2-[0-9a-f]{12}\.css$/);
    expect(headers['content-security-policy']).toContain("style-src 'self'");
    expect(body).not.toMatch(/<style|style=/);
    const sheet = await tenant.send({ path });
    expect(sheet).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
      },
    });
    expect(sheet.body).toContain('--primary: #7a1fa2;');
  });

  it('a stylesheet that no page names isn’t there', async () => {
    const { body } = await tenant.send({ path: PAGE });
    const path = stylesheetOf(body) ?? '';
    for (const other of [
      path.replace('7a1fa2', '7a1fa3'),
      path.replace('.css', '.js'),
      '/assets/accent-.css',
    ]) {
      expect((await tenant.send({ path: other })).status).toBe(404);
    }
  });

  it('is a logo that is served as our own picture and nothing else, and only here', async () => {
    const { environments } = fluxo.server.services.storage;
    const other = await fluxo.environment('other');
    await environments.setLogo(tenant.environment.id, LOGO);
    const { body } = await tenant.send({ path: PAGE });
    const [path = ''] = /\/organization\/logo\?v=abc123/.exec(body) ?? [];
    expect(await tenant.send({ path })).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'image/png',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
      },
    });
    expect((await other.send({ path })).status).toBe(404);
    expect((await other.send({ path: PAGE })).body).not.toContain('/organization/logo');

    await environments.setLogo(tenant.environment.id, undefined);
    expect((await tenant.send({ path: PAGE })).body).not.toContain('/organization/logo');
    expect((await tenant.send({ path })).status).toBe(404);
  });

  it('without a colour of its own is Fluxo’s', async () => {
    const plain = await fluxo.environment('plain');
    expect(stylesheetOf((await plain.send({ path: PAGE })).body)).toBeUndefined();
  });

  it('takes a colour in any case, and no other text', async () => {
    const administrator = new Administrator(tenant);
    const set = (accentColor: string) => administrator.changeSettings({ accentColor });
    expect((await set('#7A1FA2')).settings.accentColor).toBe('#7a1fa2');
    for (const bad of ['red', '#fff', '#7a1fa2;}', ' #7a1fa2', '#7a1fa2\n', '']) {
      await expect(set(bad)).rejects.toThrow(/is not a colour/);
    }
  });
});
