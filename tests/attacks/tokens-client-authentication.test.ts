import { readClientCredentials } from '@fluxo/core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  codeForm,
  connectAs,
  DIALECT_TOKEN,
  pkce,
  postJson,
  refreshForm,
  signedIn,
  STANDARD_TOKEN,
  statusOf,
  tokensOf,
  verdictOf,
} from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { basic, credentials, type HttpAnswer, type TestApplication } from '../support/tenant.js';
import type { Visitor } from '../support/visitor.js';

const stage = useStage();
let app: TestApplication;
let other: TestApplication;
let ana: Visitor;

beforeAll(async () => {
  app = await stage.acme.application();
  other = await stage.acme.application({ name: 'Other' });
  ana = await signedIn(stage.acme);
});

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

/** Sends the attack with a code, then shows that it used nothing up: the right request still succeeds. */
async function refusedWithoutHarm(attack: (code: string) => Promise<HttpAnswer>): Promise<HttpAnswer> {
  expect(verdictOf(await stage.acme.exchange(app, await ana.allow(app)))).toBe('200');
  const code = await ana.allow(app);
  const answer = await attack(code);
  expect(verdictOf(await stage.acme.exchange(app, code))).toBe('200');
  return answer;
}

const post = (form: Readonly<Record<string, string>>, authorization?: string, path = STANDARD_TOKEN) =>
  stage.acme.postForm(path, form, authorization === undefined ? {} : { authorization });

describe('27 · two ways of client authentication at once', () => {
  const ways: readonly [string, () => Readonly<Record<string, string>>][] = [
    ['the same secret in both', () => credentials(app)],
    ['a secret in the body beside Basic', () => ({ client_secret: app.clientSecret })],
    ['another client in the body', () => credentials(other)],
  ];
  test.each(ways)('%s: invalid_request', async (_name, body) => {
    const answer = await refusedWithoutHarm((code) => post({ ...codeForm(code), ...body() }, basic(app)));
    expect(verdictOf(answer)).toBe('400 invalid_request');
  });
});

describe('28 · HTTP Basic in every odd form', () => {
  const everyCharacterEncoded = (text: string): string =>
    Array.from(text, (character) => `%${character.charCodeAt(0).toString(16)}`).join('');

  const accepted: readonly [string, () => string][] = [
    ['as it is', () => basic(app)],
    [
      'form-encoded, every character',
      () =>
        `Basic ${base64(`${everyCharacterEncoded(app.clientId)}:${everyCharacterEncoded(app.clientSecret)}`)}`,
    ],
    ['the scheme in capitals', () => basic(app).replace('Basic', 'BASIC')],
    ['the scheme in mixed case, several blanks', () => `bAsIc   ${basic(app).slice('Basic '.length)}  `],
    ['without padding', () => basic(app).replaceAll('=', '')],
  ];
  test.each(accepted)('%s: accepted', async (_name, authorization) => {
    const code = await ana.allow(app);
    expect(verdictOf(await post(codeForm(code), authorization()))).toBe('200');
  });

  const malformed: readonly [string, () => string][] = [
    ['broken base64', () => 'Basic %%%'],
    ['no base64 at all', () => `Basic ${app.clientId}:${app.clientSecret}`],
    ['padding in the middle', () => `Basic ${base64('a')}${basic(app).slice(6)}`],
    ['no colon', () => `Basic ${base64(app.clientId + app.clientSecret)}`],
    ['not UTF-8', () => `Basic ${base64(Buffer.from([0xff, 0xfe, 0x3a, 0xff]))}`],
    ['empty', () => 'Basic '],
    ['the scheme alone', () => 'Basic'],
    ['another scheme', () => basic(app).replace('Basic', 'Digest')],
    ['Bearer', () => `Bearer ${app.clientSecret}`],
    ['a wrong secret', () => basic({ ...app, clientSecret: other.clientSecret })],
    ['no secret', () => basic({ ...app, clientSecret: '' })],
    ['a blank behind the secret', () => basic({ ...app, clientSecret: `${app.clientSecret} ` })],
    ['a broken percent-encoding', () => basic({ ...app, clientSecret: `${app.clientSecret}%zz` })],
    ['NUL in the client’s name', () => basic({ ...app, clientId: `${app.clientId}\0` })],
    ['the client’s name in capitals', () => basic({ ...app, clientId: app.clientId.toUpperCase() })],
    ['__proto__ as the client’s name', () => basic({ ...app, clientId: '__proto__' })],
  ];
  test.each(malformed)('%s: 401 invalid_client with a challenge', async (_name, authorization) => {
    const answer = await refusedWithoutHarm((code) => post(codeForm(code), authorization()));
    expect(verdictOf(answer)).toBe('401 invalid_client');
    expect(answer.headers['www-authenticate']).toMatch(/^Basic /);
  });

  test('secrets with : % + and blanks are read raw and as the RFC encodes them', () => {
    const secret = 'a:b%c+d e%41';
    const encoded = encodeURIComponent(secret).replaceAll('%20', '+');
    const read = (text: string): readonly (string | undefined)[] =>
      readClientCredentials({
        authorization: `Basic ${base64(text)}`,
        parameters: new Map(),
      }).candidates.map((candidate) => candidate.clientSecret);
    expect(read(`client:${secret}`)).toContain(secret);
    expect(read(`client:${encoded}`)).toContain(secret);
  });

  test('without an Authorization header a wrong secret gets no challenge', async () => {
    const answer = await post({ ...codeForm('x'), ...credentials(app), client_secret: 'wrong' });
    expect([verdictOf(answer), answer.headers['www-authenticate']]).toEqual([
      '401 invalid_client',
      undefined,
    ]);
  });
});

describe('29 · credentials in the URL, and GET', () => {
  const inUrl: readonly [string, (code: string) => Readonly<Record<string, string>>][] = [
    ['the client', () => credentials(app)],
    ['the secret', () => ({ client_secret: app.clientSecret })],
    ['the code', (code) => ({ code })],
    ['the grant type', () => ({ grant_type: 'authorization_code' })],
    ['a refresh token', () => ({ refresh_token: 'x' })],
  ];
  test.each(inUrl)('%s in the query: invalid_request', async (_name, query) => {
    const answer = await refusedWithoutHarm((code) => {
      const url = `${STANDARD_TOKEN}?${new URLSearchParams(query(code)).toString()}`;
      return post({ ...codeForm(code), ...credentials(app) }, undefined, url);
    });
    expect(verdictOf(answer)).toBe('400 invalid_request');
  });

  test('a query that means nothing to us harms nobody', async () => {
    const code = await ana.allow(app);
    expect(verdictOf(await post(codeForm(code), basic(app), `${STANDARD_TOKEN}?api-version=2`))).toBe('200');
  });

  test.each([STANDARD_TOKEN, DIALECT_TOKEN, '/oauth2/revoke', '/integrations/oauth2/api/v1/introspect'])(
    'GET, PUT, PATCH, DELETE %s: 405 that allows POST',
    async (path) => {
      const answer = await refusedWithoutHarm((code) => {
        const query = new URLSearchParams({ ...codeForm(code), ...credentials(app) });
        return stage.acme.send({ path: `${path}?${query.toString()}` });
      });
      expect([verdictOf(answer), answer.headers['allow']]).toEqual(['405 invalid_request', 'POST']);
      for (const method of ['PUT', 'PATCH', 'DELETE', 'HEAD'] as const) {
        expect((await stage.acme.send({ method, path })).status).toBeOneOf([404, 405]);
      }
    },
  );
});

describe('30 · a client_id in the body unlike Basic’s', () => {
  test('invalid_client; the same one may accompany Basic', async () => {
    const code = await ana.allow(app);
    expect(verdictOf(await post({ ...codeForm(code), client_id: app.clientId }, basic(app)))).toBe('200');

    for (const client_id of [other.clientId, app.clientId.toUpperCase(), `${app.clientId} `, 'x']) {
      const answer = await refusedWithoutHarm((fresh) => post({ ...codeForm(fresh), client_id }, basic(app)));
      expect(verdictOf(answer)).toBe('401 invalid_client');
    }
  });
});

describe('31 · a web application without its secret', () => {
  test('refreshing with client_id alone: invalid_client, and the token stays good', async () => {
    const rotating = await stage.acme.application({ refreshPolicy: { rotation: true } });
    for (const client of [app, rotating]) {
      const tokens = await connectAs(ana, client);
      const form = refreshForm(tokens.refresh_token);
      const { clientId } = client;
      expect(verdictOf(await post({ ...form, client_id: clientId }))).toBe('401 invalid_client');
      expect(verdictOf(await post({ ...form, client_id: clientId, client_secret: '' }))).toBe(
        '401 invalid_client',
      );
      expect(verdictOf(await post(form, basic({ ...client, clientSecret: '' })))).toBe('401 invalid_client');
      expect(verdictOf(await post(form))).toBe('401 invalid_client');
      expect(await statusOf(stage.acme, tokens)).toBe('alive');
      expect(verdictOf(await post(form, basic(client)))).toBe('200');
    }
  });

  test('exchanging a code with client_id alone, also with PKCE', async () => {
    const { verifier, challenge } = pkce();
    const code = await ana.allow(app, challenge);
    const form = { ...codeForm(code), code_verifier: verifier };
    expect(verdictOf(await post({ ...form, client_id: app.clientId }))).toBe('401 invalid_client');
    expect(verdictOf(await post(form, basic(app)))).toBe('200');
  });

  test('a public client can’t be passed off with a secret', async () => {
    const spa = await stage.acme.application({ kind: 'spa' });
    const tokens = await connectAs(ana, spa);
    const refused = await post({
      ...refreshForm(tokens.refresh_token),
      client_id: spa.clientId,
      client_secret: 'x',
    });
    expect(verdictOf(refused)).toBe('401 invalid_client');
    expect(verdictOf(await stage.acme.refresh(spa, tokens.refresh_token))).toBe('200');
  });
});

describe('32 · bodies in other clothes', () => {
  const send = (contentType: string | undefined, body: string | Uint8Array, path = DIALECT_TOKEN) =>
    stage.acme.send({
      method: 'POST',
      path,
      headers: {
        authorization: basic(app),
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      body,
    });
  const multipart = (form: Readonly<Record<string, string>>): string =>
    `${Object.entries(form)
      .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      .join('')}--b--\r\n`;
  const utf16 = (text: string): Uint8Array => Buffer.from(text, 'utf16le');
  const form = (code: string): string => new URLSearchParams(codeForm(code)).toString();

  const attacks: readonly [string, (code: string) => Promise<HttpAnswer>][] = [
    ['multipart', (code) => send('multipart/form-data; boundary=b', multipart(codeForm(code)))],
    ['text/plain', (code) => send('text/plain', form(code))],
    ['no type at all', (code) => send(undefined, Buffer.from(form(code)))],
    [
      'a form in UTF-16',
      (code) => send('application/x-www-form-urlencoded; charset=utf-16', utf16(form(code))),
    ],
    ['JSON in UTF-7', (code) => send('application/json; charset=utf-7', JSON.stringify(codeForm(code)))],
    ['JSON that is not UTF-8', () => send('application/json', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))],
    ['a broken percent-encoding', (code) => send('application/x-www-form-urlencoded', `${form(code)}&x=%zz`)],
    [
      'JSON array',
      (code) => postJson(stage.acme, [codeForm(code)], { headers: { authorization: basic(app) } }),
    ],
    ['JSON null', () => send('application/json', 'null')],
    ['JSON text', () => send('application/json', '"code"')],
    ['broken JSON', () => send('application/json', '{"grant_type":')],
    [
      'an array as a value',
      (code) => send('application/json', JSON.stringify({ ...codeForm(code), code: [code] })),
    ],
    [
      'an object as a value',
      (code) => send('application/json', JSON.stringify({ ...codeForm(code), code: { $ne: '' } })),
    ],
    [
      'a number as a value',
      (code) => send('application/json', JSON.stringify({ ...codeForm(code), code: 1 })),
    ],
    [
      'true as a value',
      (code) => send('application/json', JSON.stringify({ ...codeForm(code), scope: true })),
    ],
    [
      '__proto__ with everything in it',
      (code) => send('application/json', `{"__proto__":${JSON.stringify(codeForm(code))}}`),
    ],
    [
      'a member twice',
      (code) => send('application/json', `{"code":"x",${JSON.stringify(codeForm(code)).slice(1)}`),
    ],
    [
      'a member twice, once escaped',
      (code) => send('application/json', `{"c\\u006fde":"x",${JSON.stringify(codeForm(code)).slice(1)}`),
    ],
    [
      'bracket names',
      (code) => send('application/x-www-form-urlencoded', form(code).replace('code=', 'code[]=')),
    ],
    ['an empty body', () => send('application/json', '{}')],
    [
      'more than 16 KiB',
      (code) => send('application/x-www-form-urlencoded', `${form(code)}&x=${'x'.repeat(16_384)}`),
    ],
  ];
  test.each(attacks)('%s: invalid_request', async (_name, attack) => {
    expect(verdictOf(await refusedWithoutHarm(attack))).toBe('400 invalid_request');
  });

  test('what is only unusual is taken: charset in quotes, null members, names of Object’s own', async () => {
    const code = await ana.allow(app);
    const json = JSON.stringify({ ...codeForm(code), scope: null, constructor: 'x', toString: 'y' });
    const tokens = tokensOf(await send('Application/JSON; Charset="UTF-8"', json));
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
  });
});
