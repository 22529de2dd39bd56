import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { rowsOf } from '../support/database.js';
import { codeForm, pkce, refreshForm, tokensOf } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { basic, credentials, PASSWORD, type HttpAnswer, type TestApplication } from '../support/tenant.js';
import { authorizePath, flowTokenOf } from '../support/visitor.js';

const stage = useStage();
let app: TestApplication;

beforeAll(async () => {
  app = await stage.acme.application({ refreshPolicy: { rotation: true } });
});

/** Everything that the server keeps: every row, and for SQLite every byte on the disk. */
async function storedBytes(): Promise<Buffer> {
  const { folder } = stage.fluxo;
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.startsWith('fluxo.sqlite'))
    : [];
  const values = (await rowsOf(folder)).flat().filter((value) => value !== null);
  const rows = values.map((value) =>
    Buffer.from(value instanceof Uint8Array ? value : JSON.stringify(value)),
  );
  return Buffer.concat([...rows, ...files.map((name) => readFileSync(join(folder, name)))]);
}

const CANARY_PASSWORD = 'CANARY-typed-wrongly-4711';
const UNKNOWN_USER = 'CANARYpasswordTypedAsUsername';

describe('49 · canary secrets in every field', () => {
  test('none in log, errors, database and URLs', async () => {
    const answers: HttpAnswer[] = [];
    const keep = (answer: HttpAnswer): HttpAnswer => {
      answers.push(answer);
      return answer;
    };
    const { verifier, challenge } = pkce();
    const visitor = stage.acme.visitor();
    keep(await visitor.signInWithin(await visitor.authorize(app, challenge), 'ana', CANARY_PASSWORD));
    keep(await visitor.signInWithin(await visitor.authorize(app, challenge), 'ana'));
    const cookies = [...visitor.cookies.values()];
    const consent = await visitor.authorize(app, challenge);
    const flow = flowTokenOf(consent);
    const code = await visitor.allow(app, challenge);
    const tokens = tokensOf(await stage.acme.exchange(app, code, { code_verifier: verifier }));
    const next = tokensOf(await stage.acme.refresh(app, tokens.refresh_token));

    const secrets = [
      ...[PASSWORD, CANARY_PASSWORD, app.clientSecret, code, verifier, flow, ...cookies],
      ...[tokens.access_token, tokens.refresh_token, next.access_token, next.refresh_token],
    ];
    // The benign twin: the log is written and the database is filled, only not with these.
    const events = stage.fluxo.log.length;
    expect(events).toBeGreaterThan(10);
    expect((await storedBytes()).includes(app.clientId)).toBe(true);

    for (const value of [...secrets, UNKNOWN_USER]) {
      const path = '/oauth2/token';
      const own = credentials(app);
      keep(await stage.acme.postForm(path, { ...codeForm(value), ...own, code_verifier: value }));
      keep(
        await stage.acme.postForm(path, { ...refreshForm(value), client_id: value, client_secret: value }),
      );
      keep(await stage.acme.postForm(path, { grant_type: value, code: value, ...own }));
      const asBasic = basic({ ...app, clientSecret: value });
      keep(await stage.acme.postForm(path, codeForm('x'), { authorization: asBasic }));
      keep(await stage.acme.postForm(path, codeForm('x'), { authorization: `Basic ${value}` }));
      keep(await stage.acme.postForm(`${path}?code=${encodeURIComponent(value)}`, codeForm(value)));
      keep(await stage.acme.postForm('/oauth2/introspect', { token: value, token_type_hint: value, ...own }));
      keep(await stage.acme.postForm('/oauth2/introspect', { token: value, client_id: value }));
      keep(await stage.acme.callApi(`${value}x`));
      const stranger = stage.acme.visitor();
      keep(await stranger.send({ path: '/account', headers: { cookie: `fluxo-session=${value}` } }));
      keep(await stranger.get(`/consent?flow=${encodeURIComponent(value)}x`));
      keep(await stranger.post('/sign-in', { flow: value, username: value, password: value }));
      keep(await stranger.get(authorizePath(app, { response_type: value, prompt: value, scope: value })));
      keep(await stranger.post('/sign-in/password', { flow: value, password: value }));
    }
    await stage.fluxo.server.flushUsage();

    const found = (text: { includes(part: string): boolean }): readonly string[] =>
      [...secrets, UNKNOWN_USER].filter((secret) => text.includes(secret));
    expect(stage.fluxo.log.length).toBeGreaterThan(events);
    expect(found(stage.fluxo.log.join(''))).toEqual([]);
    expect(found(await storedBytes())).toEqual([]);
    const errors = answers.filter(({ status }) => status >= 400);
    expect(errors.length).toBeGreaterThan(100);
    expect(found(errors.map(({ body }) => body).join('\n'))).toEqual([]);
    const urls = answers.map(({ headers }) => headers['location'] ?? '').join('\n');
    // A flow’s token is in our own pages’ URLs by design: alone it opens nothing (row 14).
    expect(found(urls).filter((secret) => secret !== flow)).toEqual([]);
  });
});
