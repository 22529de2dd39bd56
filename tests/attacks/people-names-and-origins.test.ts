import { InputError } from '@fluxo/core';
import { encodeLogo } from '@fluxo/server';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import { connectAs, signedIn } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { authorizePath, pageOf, type Visitor } from '../support/visitor.js';

const stage = useStage();
let ana: Visitor;

beforeAll(async () => {
  ana = await signedIn(stage.acme);
});

const SPA_ORIGIN = 'https://spa.example';
/** Of an application that calls from its server: its pages have no business here. */
const WEB_ORIGIN = 'https://web.example';
const READABLE = [
  ['POST', '/oauth2/token'],
  ['POST', '/oauth2/revoke'],
  ['GET', '/attask/api/v14.0/proj/search'],
] as const;

describe('56 · CORS with null and with origins that look alike', () => {
  const readableBy = async (method: 'GET' | 'POST' | 'OPTIONS', path: string, origin: string) => {
    const { headers } = await stage.acme.send({ method, path, headers: { origin } });
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    return headers['access-control-allow-origin'];
  };

  test('a spa’s own origin may read token, revoke and the objects API; no other may, and none the pages', async () => {
    const spa = await stage.acme.application({ kind: 'spa', redirectUrls: [`${SPA_ORIGIN}/callback`] });
    await stage.acme.application({ redirectUrls: [`${WEB_ORIGIN}/callback`] });
    for (const [method, path] of READABLE) {
      expect(await readableBy(method, path, SPA_ORIGIN)).toBe(SPA_ORIGIN);
      expect(await readableBy('OPTIONS', path, SPA_ORIGIN)).toBe(SPA_ORIGIN);
    }
    const strangers = ['null', '*', 'file://', `${SPA_ORIGIN}.evil`, 'https://evilspa.example'];
    const lookAlikes = ['https://spa.example@evil.example', 'https://spa-example', `${SPA_ORIGIN}, null`];
    for (const origin of [...strangers, ...lookAlikes, WEB_ORIGIN, stage.acme.origin]) {
      for (const [method, path] of READABLE) {
        expect(await readableBy(method, path, origin)).toBeUndefined();
        expect(await readableBy('OPTIONS', path, origin)).toBeUndefined();
      }
    }
    for (const path of [authorizePath(spa), '/account', '/sign-in', '/consent', '/oauth2/introspect']) {
      for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
        expect(await readableBy(method, path, SPA_ORIGIN)).toBeUndefined();
      }
    }
  });
});

/** A picture of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
);
const SCRIPT = '<script>alert(document.domain)</script>';
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">${SCRIPT}<rect width="8" height="8"/></svg>`;

describe('57 · names and logos that are more than they seem', () => {
  test('HTML in names is shown as text', async () => {
    const benign = await ana.authorize(await stage.acme.application({ name: 'Tom & Anna’s planner' }));
    expect(benign.body).toContain('Tom &amp; Anna’s planner');
    const app = await stage.acme.application({
      name: `${SCRIPT}"'><img src=x>`,
      developerName: '</bdi><b onclick=x>',
      description: `--> ${SCRIPT}`,
    });
    const consent = await ana.authorize(app);
    expect(pageOf(consent).page).toBe('consent');
    expect(consent.body).toContain('&lt;script&gt;');
    expect(consent.body).not.toMatch(/<script>|<img src=x|<b onclick/);
    await connectAs(ana, app);
    const account = await ana.get('/account');
    expect(account.body).toContain('&lt;script&gt;');
    expect(account.body).not.toMatch(/<script>|<img src=x/);
  });

  test.each([
    ['a right-to-left override', 'Planner\u202Egnp.exe'],
    ['an isolate that is not closed', 'Planner\u2067'],
    ['a zero-width space', 'Plan\u200Bner'],
    ['a zero-width joiner', 'Plan\u200Dner'],
    ['a soft hyphen', 'Plan\u00ADner'],
    ['a filler that is a letter', 'Planner\u3164'],
    ['a line break', 'Planner\nVerified by Fluxo'],
    ['nothing but blanks', '\u2003 '],
  ])('%s in a name is refused, and says why', async (_name, name) => {
    const app = await stage.acme.application({ name: 'Planejador – 计划 – مخطط' });
    expect((await ana.authorize(app)).status).toBe(200);
    await expect(stage.acme.application({ name })).rejects.toThrow(InputError);
    await expect(stage.acme.application({ name })).rejects.toThrow(/must not/);
    const renamed = new Administrator(stage.acme).changeApplication(app, { name });
    await expect(renamed).rejects.toThrow(InputError);
  });

  test('of a picture only the pixels are kept, also when a script hangs on to it', async () => {
    const logo = await encodeLogo(Buffer.concat([PNG, Buffer.from(SCRIPT)]));
    const stored = Buffer.from(logo.png);
    expect(stored.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(stored.includes('script')).toBe(false);
  });

  test('no decoder but those of PNG, JPEG and WebP is given anything', async () => {
    const svg = () => sharp(Buffer.from(SVG)).png().toBuffer();
    await expect(encodeLogo(PNG)).resolves.toBeDefined();
    await expect(svg()).rejects.toThrow(/unsupported|blocked/i);
  });

  test.each([
    ['an SVG that can be drawn, with a script', Buffer.from(SVG)],
    ['an SVG behind a declaration', Buffer.from(`<?xml version="1.0"?><svg>${SCRIPT}</svg>`)],
    ['HTML', Buffer.from(`<!doctype html>${SCRIPT}`)],
    ['a picture’s first bytes and a script', Buffer.concat([PNG.subarray(0, 8), Buffer.from(SCRIPT)])],
    ['10 MB', Buffer.concat([PNG, Buffer.alloc(10_000_000)])],
    ['nothing', Buffer.alloc(0)],
  ])('%s is refused as a logo, and says why', async (_name, upload) => {
    await expect(encodeLogo(PNG)).resolves.toMatchObject({ version: expect.any(String) as string });
    await expect(encodeLogo(upload)).rejects.toThrow(InputError);
    await expect(encodeLogo(upload)).rejects.toThrow(/^The logo (must|could not)/);
  });
});
