import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Guide } from '../support/guide.js';

const run = promisify(execFile);
const REDIRECT_URI = 'http://127.0.0.1:4000/callback';

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

const guide = new Guide('connect-an-app.md');
const [register = '', ...curls] = guide.examples;
const [jsonExchange = '', formExchange = '', callApi = '', jsonRefresh = '', formRefresh = '', revoke = ''] =
  curls;
const shell: Guide['shell'] = (example, more) => guide.shell(example, more);

beforeAll(() => guide.begin(register));
afterAll(() => guide.end());

/** Step 2, the person's part: cookies and forms, through curl as everything here. */
async function allowAccess(): Promise<string> {
  const jar = join(guide.folder, 'cookies');
  rmSync(jar, { force: true });
  const request = async (
    path: string,
    form: Readonly<Record<string, string>> | undefined,
  ): Promise<string> => {
    const origin = guide.variables['FLUXO'] ?? '';
    const data = Object.entries(form ?? {}).flatMap(([name, value]) => [
      '--data-urlencode',
      `${name}=${value}`,
    ]);
    const headers = form === undefined ? [] : ['-H', `Origin: ${origin}`];
    const { stdout } = await run('curl', [
      '-sS',
      '-i',
      '-b',
      jar,
      '-c',
      jar,
      ...headers,
      ...data,
      `${origin}${path}`,
    ]);
    return stdout;
  };
  const flowOf = (page: string): string => /name="flow"[^>]*value="([^"]*)"/.exec(page)?.[1] ?? '';
  const locationOf = (answer: string): string => /^location: (\S+)/im.exec(answer)?.[1] ?? '';
  const query = new URLSearchParams({
    client_id: guide.variables['CLIENT_ID'] ?? '',
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    state: 'STATE',
  });
  const usernamePage = await request(`/integrations/oauth2/authorize?${query.toString()}`, undefined);
  const named = await request('/sign-in', { flow: flowOf(usernamePage), username: 'ana' });
  const passwordPage = await request(locationOf(named), undefined);
  const signedIn = await request('/sign-in/password', {
    flow: flowOf(passwordPage),
    password: 'a good password',
  });
  const consent = await request(locationOf(signedIn), undefined);
  const back = new URL(locationOf(await request('/consent', { flow: flowOf(consent), decision: 'allow' })));
  return back.searchParams.get('code') ?? '';
}

test('both exchanges, both refreshes, the call and the revocation of the guide work as they stand there', async () => {
  const first = JSON.parse(await shell(jsonExchange, { CODE: await allowAccess() })) as Tokens;
  expect(Object.keys(first)).toEqual(['token_type', 'access_token', 'refresh_token', 'expires_in', 'wid']);
  const second = JSON.parse(await shell(formExchange, { CODE: await allowAccess() })) as Tokens;
  expect(Object.keys(second)).toEqual(Object.keys(first));

  expect(JSON.parse(await shell(callApi, { ACCESS_TOKEN: first.access_token }))).toEqual({ data: [] });
  const refreshed = JSON.parse(await shell(jsonRefresh, { REFRESH_TOKEN: first.refresh_token })) as Tokens;
  expect(JSON.parse(await shell(callApi, { ACCESS_TOKEN: refreshed.access_token }))).toEqual({ data: [] });
  const again = JSON.parse(await shell(formRefresh, { REFRESH_TOKEN: refreshed.refresh_token })) as Tokens;

  expect(await shell(revoke, { REFRESH_TOKEN: again.refresh_token })).toBe('{}');
  expect(JSON.parse(await shell(callApi, { ACCESS_TOKEN: again.access_token }))).toMatchObject({
    error: { message: 'You are not currently logged in.' },
  });
  // The other connection is another one.
  expect(JSON.parse(await shell(callApi, { ACCESS_TOKEN: second.access_token }))).toEqual({ data: [] });
});
