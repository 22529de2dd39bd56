import { ObjectRequestError } from './object-error.js';
import { readFieldNames, readFilter, showProject } from './project-fields.js';
import type { ProjectFilter, ProjectId, ProjectStore } from './project.js';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 2000;
const MAX_FIRST = 1_000_000;

/** Parameters of the API that are no filters. */
const CONTROL = new Set(['fields', '$$FIRST', '$$LIMIT', 'sessionID']);

export type ShownObject = Readonly<Record<string, string | number | null>>;

/** `GET …/proj/search`: equality filters, `fields`, `$$FIRST`, `$$LIMIT`. @throws ObjectRequestError */
export async function searchProjects(
  parameters: ReadonlyMap<string, string>,
  projects: ProjectStore,
): Promise<readonly ShownObject[]> {
  const names = readFieldNames(parameters.get('fields'));
  const filters: ProjectFilter[] = [];
  for (const [name, value] of parameters) {
    if (CONTROL.has(name)) continue;
    const filter = readFilter(name, value);
    if (filter !== 'always') filters.push(filter);
  }
  const found = await projects.search({
    filters,
    first: readCount(parameters, '$$FIRST', { fallback: 0, max: MAX_FIRST }),
    limit: readCount(parameters, '$$LIMIT', { fallback: DEFAULT_LIMIT, max: MAX_LIMIT }),
  });
  return found.map((project) => showProject(project, names));
}

/** `GET …/proj/<ID>`. @throws ObjectRequestError */
export async function showOneProject(
  id: string,
  parameters: ReadonlyMap<string, string>,
  projects: ProjectStore,
): Promise<ShownObject> {
  const names = readFieldNames(parameters.get('fields'));
  const project = /^[0-9a-f]{32}$/.test(id) ? await projects.find(id as ProjectId) : undefined;
  if (project === undefined) {
    throw new ObjectRequestError('not-found', `No project has the ID "${id.slice(0, 64)}".`);
  }
  return showProject(project, names);
}

function readCount(
  parameters: ReadonlyMap<string, string>,
  name: string,
  bounds: { readonly fallback: number; readonly max: number },
): number {
  const text = parameters.get(name);
  if (text === undefined) return bounds.fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (value < 0 || value > bounds.max) {
    throw new ObjectRequestError(
      'invalid-parameter',
      `${name} must be a whole number from 0 to ${bounds.max}.`,
    );
  }
  return value;
}
