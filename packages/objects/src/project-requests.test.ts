import { describe, expect, it } from 'vitest';
import { ObjectRequestError } from './object-error.js';
import { searchProjects, showOneProject } from './project-requests.js';
import type { Project, ProjectId, ProjectSearch, ProjectStore } from './project.js';

const BRIDGE: Project = {
  id: 'a'.repeat(32) as ProjectId,
  name: 'Bridge',
  status: 'CUR',
  percentComplete: 12.5,
  priority: 2,
  plannedStartDate: Date.UTC(2026, 2, 2, 9, 0, 0, 7),
  plannedCompletionDate: null,
};

/** A store with one project, that writes down what it was asked. */
class OneProject implements ProjectStore {
  readonly searches: ProjectSearch[] = [];

  search(search: ProjectSearch): Promise<readonly Project[]> {
    this.searches.push(search);
    return Promise.resolve([BRIDGE]);
  }

  find(id: ProjectId): Promise<Project | undefined> {
    return Promise.resolve(id === BRIDGE.id ? BRIDGE : undefined);
  }

  add(): Promise<void> {
    return Promise.reject(new Error('not asked here'));
  }
}

async function search(parameters: Readonly<Record<string, string>>) {
  const store = new OneProject();
  const answer = await searchProjects(new Map(Object.entries(parameters)), store);
  return { answer, asked: store.searches[0] };
}

const refusal = async (parameters: Readonly<Record<string, string>>): Promise<unknown> =>
  search(parameters).catch((error: unknown) => error);

describe('the fields of a project', () => {
  it('are all shown unless the request says which, dates in the dialect’s form', async () => {
    const all = {
      ID: BRIDGE.id,
      name: 'Bridge',
      objCode: 'PROJ',
      status: 'CUR',
      percentComplete: 12.5,
      priority: 2,
      plannedStartDate: '2026-03-02T09:00:00:007+0000',
      plannedCompletionDate: null,
    };
    expect((await search({})).answer).toEqual([all]);
    expect((await search({ fields: '*' })).answer).toEqual([all]);
    expect((await search({ fields: 'name,*' })).answer).toEqual([all]);
  });

  it('that were asked for come along with ID, name and objCode, each once', async () => {
    const { answer } = await search({ fields: 'priority, name' });
    expect(answer).toEqual([{ ID: BRIDGE.id, name: 'Bridge', objCode: 'PROJ', priority: 2 }]);
  });

  it.each(['password', 'Name', 'constructor', '__proto__', 'name,', 'environment_id'])(
    'don’t include %s, and the refusal says which there are',
    async (fields) => {
      const error = await refusal({ fields });
      expect(error).toBeInstanceOf(ObjectRequestError);
      expect(error).toMatchObject({
        status: 400,
        message: expect.stringContaining('plannedStartDate') as string,
      });
    },
  );
});

describe('filters', () => {
  it.each<[string, string, object]>([
    ['ID', BRIDGE.id, { column: 'id', value: BRIDGE.id }],
    ['name', ' Bridge ', { column: 'name', value: ' Bridge ' }],
    ['status', 'CUR', { column: 'status', value: 'CUR' }],
    ['percentComplete', '12.5', { column: 'percentComplete', value: 12.5 }],
    ['priority', '-1', { column: 'priority', value: -1 }],
    [
      'plannedStartDate',
      '2026-03-02T09:00:00:007+0000',
      { column: 'plannedStartDate', value: BRIDGE.plannedStartDate },
    ],
  ])('on %s compare with %s', async (name, value, filter) => {
    expect((await search({ [name]: value })).asked?.filters).toEqual([filter]);
  });

  it('read a date in every usual writing, and as UTC where no zone is said', async () => {
    const time = async (plannedStartDate: string) =>
      (await search({ plannedStartDate })).asked?.filters[0]?.value;
    const nine = Date.UTC(2026, 2, 2, 9);
    for (const text of [
      '2026-03-02T09:00:00:000+0000',
      '2026-03-02T09:00:00.000+00:00',
      '2026-03-02T09:00:00:000Z',
      '2026-03-02T09:00:00Z',
      '2026-03-02T09:00:00+0000',
      '2026-03-02T06:00:00:000-0300',
      '2026-03-02T09:00:00',
      '2026-03-02T09:00',
    ]) {
      expect([text, await time(text)]).toEqual([text, nine]);
    }
    expect(await time('2026-03-02')).toBe(Date.UTC(2026, 2, 2));
  });

  it('that every project passes are none', async () => {
    expect((await search({ objCode: 'PROJ' })).asked?.filters).toEqual([]);
  });

  it.each([
    ['objCode', 'TASK'],
    ['percentComplete', 'half'],
    ['percentComplete', '0x10'],
    ['priority', ''],
    ['priority', '1e3'],
    ['plannedStartDate', 'yesterday'],
    ['plannedStartDate', '1'],
    ['plannedStartDate', 'March 7'],
    ['plannedStartDate', '2026-13-01'],
    ['plannedStartDate', '2026-02-30'],
    ['plannedStartDate', '2026-03-02T25:00:00Z'],
  ])('on %s don’t take "%s"', async (name, value) => {
    const error = await refusal({ [name]: value });
    expect(error).toMatchObject({ status: 400, message: `"${value}" is not a value of ${name}.` });
  });

  it.each(['owner', 'method', 'action', '$$OTHER', 'name_Mod'])('on %s are refused', async (name) => {
    expect(await refusal({ [name]: 'x' })).toBeInstanceOf(ObjectRequestError);
  });

  it('never come from the session’s value', async () => {
    expect((await search({ sessionID: 'fxs123' })).asked?.filters).toEqual([]);
  });
});

describe('paging', () => {
  it('has 100 projects from the beginning unless the request says otherwise', async () => {
    expect((await search({})).asked).toMatchObject({ first: 0, limit: 100 });
    expect((await search({ $$FIRST: '40', $$LIMIT: '2000' })).asked).toMatchObject({
      first: 40,
      limit: 2000,
    });
    expect((await search({ $$LIMIT: '0' })).asked).toMatchObject({ limit: 0 });
  });

  it.each([
    ['$$LIMIT', '2001'],
    ['$$LIMIT', '-1'],
    ['$$LIMIT', '1.5'],
    ['$$LIMIT', 'all'],
    ['$$FIRST', '1000001'],
    ['$$FIRST', '99999999999999999999'],
  ])('%s=%s is refused with its bounds', async (name, value) => {
    expect(await refusal({ [name]: value })).toMatchObject({
      message: expect.stringMatching(/must be a whole number from 0 to \d+\.$/) as string,
    });
  });
});

describe('one project', () => {
  it('is shown by its ID, with the fields asked for', async () => {
    const shown = await showOneProject(BRIDGE.id, new Map([['fields', 'status']]), new OneProject());
    expect(shown).toEqual({ ID: BRIDGE.id, name: 'Bridge', objCode: 'PROJ', status: 'CUR' });
  });

  it.each(['b'.repeat(32), 'A'.repeat(32), '', '../x', 'a'.repeat(33)])('"%s" is not found', async (id) => {
    const error = await showOneProject(id, new Map(), new OneProject()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 404, errorClass: 'com.attask.common.ObjectNotFoundException' });
  });
});
