import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Guide } from '../support/guide.js';

interface Session {
  readonly access_token: string;
}

const guide = new Guide('machine-applications.md');
const [register = '', makeKey = '', sign = '', exchange = '', standard = '', callApi = '', deleteKey = ''] =
  guide.examples;

beforeAll(() => guide.begin(register));
afterAll(() => guide.end());

test('the key, the JWT, both exchanges, the call and the end of the guide work as they stand there', async () => {
  const KEY_FILE = join(guide.folder, 'import-key.pem');
  const registered = await guide.shell(makeKey, { KEY_FILE });
  expect(registered).toContain('ES256');
  const KEY_ID = /key_id: +(\S+)/.exec(registered)?.[1] ?? '';
  const newJwt = async (): Promise<{ JWT: string }> => ({
    JWT: (await guide.shell(sign, { KEY_FILE })).trim(),
  });

  const first = JSON.parse(await guide.shell(exchange, await newJwt())) as Session;
  expect(Object.keys(first)).toEqual(['token_type', 'access_token', 'expires_in', 'wid']);
  const second = JSON.parse(await guide.shell(standard, await newJwt())) as Session;
  expect(Object.keys(second)).toEqual(Object.keys(first));
  for (const { access_token } of [first, second]) {
    expect(JSON.parse(await guide.shell(callApi, { ACCESS_TOKEN: access_token }))).toEqual({ data: [] });
  }

  await guide.shell(deleteKey, { KEY_ID });
  expect(JSON.parse(await guide.shell(exchange, await newJwt()))).toMatchObject({ error: 'invalid_grant' });
  expect(JSON.parse(await guide.shell(callApi, { ACCESS_TOKEN: first.access_token }))).toMatchObject({
    error: { message: 'You are not currently logged in.' },
  });
});
