import { newOpaqueId, systemRandom } from '@fluxo/core';
import type { Project, ProjectId } from '@fluxo/objects';
import { beforeAll, describe, expect, test } from 'vitest';
import { connectAs, signedIn } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import type { HttpAnswer, HttpCall, TestTenant } from '../support/tenant.js';
import type { Visitor } from '../support/visitor.js';

const stage = useStage();
let ana: Visitor;
let sessionid: string;

const project = (name: string, more: Partial<Project> = {}): Project => ({
  id: newOpaqueId<ProjectId>(systemRandom),
  name,
  status: 'CUR',
  percentComplete: 40,
  priority: 2,
  plannedStartDate: Date.UTC(2026, 2, 2, 9),
  plannedCompletionDate: null,
  ...more,
});
const PROJECTS = [
  project('Apollo'),
  project('Borealis', { status: 'PLN', percentComplete: 0, priority: 0 }),
  project('Cassini & Huygens', { percentComplete: 12.5 }),
];

beforeAll(async () => {
  const app = await stage.acme.application();
  ana = await signedIn(stage.acme);
  sessionid = (await connectAs(ana, app)).access_token;
  await stage.acme.storage.projects.add(PROJECTS);
});

interface Body {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly error: { readonly class: string; readonly message: string };
}
const bodyOf = (answer: HttpAnswer): Body => JSON.parse(answer.body) as Body;

/** `…/proj/<what>` with the session in its header. */
const ask = (what: string, tenant: TestTenant = stage.acme): Promise<HttpAnswer> =>
  tenant.send({ path: `/attask/api/v14.0/proj/${what}`, headers: { sessionid } });
const names = async (what: string): Promise<readonly unknown[]> =>
  bodyOf(await ask(what)).data.map(({ name }) => name);

describe('GET …/proj/search', () => {
  test('all projects of the environment with the default fields', async () => {
    const answer = await ask('search');
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    const { data } = bodyOf(answer);
    expect(data).toHaveLength(3);
    expect(data[0]).toEqual({
      ID: PROJECTS[0]?.id,
      name: 'Apollo',
      objCode: 'PROJ',
      status: 'CUR',
      percentComplete: 40,
      priority: 2,
      plannedStartDate: '2026-03-02T09:00:00:000+0000',
      plannedCompletionDate: null,
    });
  });

  test('filters by equality, several at once', async () => {
    for (const [filter, expected] of [
      ['status=CUR', ['Apollo', 'Cassini & Huygens']],
      ['status=CUR&priority=2&percentComplete=12.5', ['Cassini & Huygens']],
      ['name=Cassini+%26+Huygens', ['Cassini & Huygens']],
      [`ID=${PROJECTS[1]?.id ?? ''}`, ['Borealis']],
      ['objCode=PROJ&percentComplete=0', ['Borealis']],
      ['plannedStartDate=2026-03-02T09:00:00:000%2B0000&status=PLN', ['Borealis']],
      ['name=apollo', []],
      ["name='+OR+1=1+--", []],
    ] as const) {
      expect([filter, await names(`search?${filter}`)]).toEqual([filter, expected]);
    }
  });

  test('fields: those asked for beside ID, name and objCode; * for all', async () => {
    const { data } = bodyOf(await ask('search?fields=status,%20priority'));
    expect(Object.keys(data[0] ?? {})).toEqual(['ID', 'name', 'objCode', 'status', 'priority']);
    expect(Object.keys(bodyOf(await ask('search?fields=*')).data[0] ?? {})).toHaveLength(8);
  });

  test('$$FIRST and $$LIMIT', async () => {
    expect(await names('search?$$LIMIT=2')).toEqual(['Apollo', 'Borealis']);
    expect(await names('search?%24%24FIRST=1&%24%24LIMIT=1')).toEqual(['Borealis']);
    expect(await names('search?$$FIRST=3')).toEqual([]);
    expect(await names('search?$$LIMIT=0')).toEqual([]);
  });

  const wrong = [
    'color=red',
    'fields=passwordHash',
    '$$LIMIT=-1',
    '$$LIMIT=2001',
    '$$FIRST=x',
    'priority=high',
    'status=CUR&status=PLN',
    'status_Mod=in',
    '__proto__=x',
  ];
  test.each(wrong)('%s: 400 in the dialect’s form', async (query) => {
    const answer = await ask(`search?${query}`);
    expect(answer.status).toBe(400);
    expect(bodyOf(answer).error).toMatchObject({
      class: 'com.attask.common.InvalidParameterException',
      message: expect.stringMatching(/\w{3}/) as string,
    });
  });

  test('any version of the form v<major>.<minor>; others and other objects are 404', async () => {
    const send = (path: string) => stage.acme.send({ path, headers: { sessionid } });
    for (const version of ['v1.0', 'v14.0', 'v20.0']) {
      expect((await send(`/attask/api/${version}/proj/search`)).status).toBe(200);
    }
    for (const path of ['14.0/proj/search', 'vX/proj/search', 'v14.0/user/search', 'v14.0/proj']) {
      const answer = await send(`/attask/api/${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(bodyOf(answer).error.class).toBe('com.attask.common.ObjectNotFoundException');
    }
  });
});

describe('GET …/proj/<ID>', () => {
  test('one project, with fields; an unknown one and another environment’s are 404 alike', async () => {
    const answer = await ask(`${PROJECTS[0]?.id ?? ''}?fields=status`);
    expect(JSON.parse(answer.body)).toEqual({
      data: { ID: PROJECTS[0]?.id, name: 'Apollo', objCode: 'PROJ', status: 'CUR' },
    });
    const preview = await stage.fluxo.environment('acme', 'preview');
    const foreign = project('Secret');
    await preview.storage.projects.add([foreign]);
    for (const id of [foreign.id, 'f'.repeat(32), 'x']) {
      const missing = await ask(id);
      expect([missing.status, bodyOf(missing).error.class]).toEqual([
        404,
        'com.attask.common.ObjectNotFoundException',
      ]);
    }
    expect(await names('search')).not.toContain('Secret');
  });
});

const SEARCH = '/attask/api/v14.0/proj/search';
const status = async (call: Partial<HttpCall>, by: TestTenant | Visitor = stage.acme): Promise<number> =>
  (await by.send({ path: SEARCH, ...call })).status;

describe('the ways to send a session', () => {
  test('sessionID header in any case, Authorization: Bearer, Authorization: sessionID', async () => {
    for (const headers of [
      { sessionID: sessionid },
      { SESSIONID: sessionid },
      { authorization: `Bearer ${sessionid}` },
      { authorization: `bearer  ${sessionid}` },
      { authorization: `sessionID ${sessionid}` },
      { authorization: `SESSIONID ${sessionid}` },
    ]) {
      expect([headers, await status({ headers })]).toEqual([headers, 200]);
    }
    for (const authorization of [
      sessionid,
      `Basic ${sessionid}`,
      `Token ${sessionid}`,
      'Bearer',
      'Bearer ',
    ]) {
      expect([authorization, await status({ headers: { authorization } })]).toEqual([authorization, 401]);
    }
  });

  test('the query only where the environment allows it', async () => {
    expect(await status({ path: `${SEARCH}?sessionID=${sessionid}` })).toBe(401);
    const open = await stage.fluxo.environment('open', 'my', { sessionIdInQuery: true });
    await open.user('ana');
    const { access_token } = await connectAs(await signedIn(open), await open.application());
    expect(await status({ path: `${SEARCH}?sessionID=${access_token}&fields=name` }, open)).toBe(200);
    expect(await status({ path: `${SEARCH}?sessionID=${sessionid}` }, open)).toBe(401);
  });

  test('without a live session: 401, this text exactly, and a challenge', async () => {
    for (const headers of [{}, { sessionid: '' }, { sessionid: 'x' }, { sessionid: `${sessionid}x` }]) {
      const answer = await stage.acme.send({ path: SEARCH, headers });
      expect(answer.status).toBe(401);
      expect(bodyOf(answer).error).toMatchObject({
        class: 'com.attask.common.AuthenticationException',
        message: 'You are not currently logged in.',
      });
      expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    expect(await status({ path: `${SEARCH}?color=red` })).toBe(401);
  });

  test('the browser’s cookie reads from the same origin only', async () => {
    const read = (headers: HttpCall['headers'] = {}) => status({ headers }, ana);
    expect(await read({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await read({ origin: stage.acme.origin })).toBe(200);
    expect(await read()).toBe(401);
    for (const site of ['same-site', 'cross-site', 'none']) {
      expect([site, await read({ 'sec-fetch-site': site, origin: stage.acme.origin })]).toEqual([site, 401]);
    }
    for (const origin of ['null', 'http://beta.my.localhost:3000', `${stage.acme.origin}.evil`]) {
      expect([origin, await read({ origin })]).toEqual([origin, 401]);
    }
    for (const method of ['POST', 'PUT', 'DELETE'] as const) {
      expect(await status({ method, headers: { 'sec-fetch-site': 'same-origin' } }, ana)).not.toBe(200);
    }
  });
});
