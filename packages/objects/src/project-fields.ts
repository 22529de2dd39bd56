import { ObjectRequestError } from './object-error.js';
import type { Project, ProjectFilter } from './project.js';

type Value = string | number | null;

/** A field of the API: how it is shown, and how a filter's text is read. */
interface Field {
  readonly show: (project: Project) => Value;
  /** Undefined for a text that no value of this field can equal. */
  readonly filter: (text: string) => ProjectFilter | 'always' | undefined;
}

const OBJECT_CODE = 'PROJ';

const text = (column: 'id' | 'name' | 'status'): Field => ({
  show: (project) => project[column],
  filter: (value) => ({ column, value }),
});

const number = (column: 'percentComplete' | 'priority'): Field => ({
  show: (project) => project[column],
  filter: (value) => (/^-?\d+(?:\.\d+)?$/.test(value) ? { column, value: Number(value) } : undefined),
});

const date = (column: 'plannedStartDate' | 'plannedCompletionDate'): Field => ({
  show: (project) => (project[column] === null ? null : formatDate(project[column])),
  filter: (value) => {
    const time = parseDate(value);
    return time === undefined ? undefined : { column, value: time };
  },
});

const FIELDS: ReadonlyMap<string, Field> = new Map([
  ['ID', text('id')],
  ['name', text('name')],
  ['objCode', { show: () => OBJECT_CODE, filter: (value) => (value === OBJECT_CODE ? 'always' : undefined) }],
  ['status', text('status')],
  ['percentComplete', number('percentComplete')],
  ['priority', number('priority')],
  ['plannedStartDate', date('plannedStartDate')],
  ['plannedCompletionDate', date('plannedCompletionDate')],
]);

const ALL: readonly string[] = [...FIELDS.keys()];
/** What every answer has, whichever fields were asked for. */
const ALWAYS = ['ID', 'name', 'objCode'];

/** @param fields the `fields` parameter; undefined or `*` for all. @throws ObjectRequestError */
export function readFieldNames(fields: string | undefined): readonly string[] {
  if (fields === undefined) return ALL;
  const wanted = fields.split(',').map((name) => name.trim());
  if (wanted.includes('*')) return ALL;
  for (const name of wanted) requireField(name);
  return [...new Set([...ALWAYS, ...wanted])];
}

export function showProject(project: Project, names: readonly string[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(names.map((name) => [name, requireField(name).show(project)]));
}

/** @throws ObjectRequestError for a field that doesn't exist or a text that isn't its type's */
export function readFilter(name: string, value: string): ProjectFilter | 'always' {
  const filter = requireField(name).filter(value);
  if (filter === undefined) {
    throw new ObjectRequestError('invalid-parameter', `"${value.slice(0, 64)}" is not a value of ${name}.`);
  }
  return filter;
}

function requireField(name: string): Field {
  const field = FIELDS.get(name);
  if (field !== undefined) return field;
  throw new ObjectRequestError(
    'invalid-parameter',
    `Project has no field "${name.slice(0, 64)}"; it has ${ALL.join(', ')}.`,
  );
}

/** The dialect's form: `2026-03-02T09:00:00:000+0000`, milliseconds behind a colon. */
function formatDate(time: number): string {
  return new Date(time).toISOString().replace(/\.(\d{3})Z$/, ':$1+0000');
}

const DATE =
  /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:[.:](\d{3}))?)?(?:Z|([+-]\d{2}):?(\d{2}))?)?$/;

/** Only what is written out is taken, as UTC where no zone is said: `Date.parse` guesses, by the server's own zone. */
function parseDate(value: string): number | undefined {
  const [, day, minute = '00:00', second = '00', millisecond = '000', hours = '+00', minutes = '00'] =
    DATE.exec(value) ?? [];
  if (day === undefined) return undefined;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // A day that its month doesn't have would be one of the next month.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return undefined;
  const time = Date.parse(`${day}T${minute}:${second}.${millisecond}${hours}:${minutes}`);
  return Number.isNaN(time) ? undefined : time;
}
