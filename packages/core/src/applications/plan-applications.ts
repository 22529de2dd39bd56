import { InputError } from '../errors/oauth-error.js';
import type { ClientId } from '../ids.js';
import type { Application, ApplicationKind } from './application.js';
import { differencesOf, type FieldDifference } from './application-document.js';
import type { ApplicationWrite } from './application-store.js';
import type { ApplicationInput } from './check-application.js';
import { changedApplication, newApplication, type ApplicationAdministration } from './manage-applications.js';

/** What a file says of one application. What it leaves out stays as it is, or has its default in a new one. */
export interface WantedApplication {
  /** Where it stands, for whoever mends the file: `line 12`. */
  readonly place: string;
  readonly clientId?: ClientId;
  readonly kind?: ApplicationKind;
  readonly change: Partial<Omit<ApplicationInput, 'kind'>>;
}

/** What is to be done so that one application is as the file says. */
export interface PlannedApplication {
  readonly action: 'create' | 'update' | 'unchanged';
  readonly application: Application;
  /** `here` is what the file wants, `there` what is; of a new one, none. */
  readonly differences: readonly FieldDifference[];
  /** Of a new one that has a secret. */
  readonly clientSecret: string | undefined;
  readonly write: ApplicationWrite | undefined;
}

/**
 * Looks at all of a file before anything is written. Applications are told by `client_id`, else by name.
 * @throws InputError for the first that can't be taken, and says where it stands
 */
export async function planApplications(
  wanted: readonly WantedApplication[],
  administration: ApplicationAdministration,
): Promise<readonly PlannedApplication[]> {
  const present = await administration.store.list();
  const planned = wanted.map((one) =>
    at(one, () => {
      const found = findPresent(one, present);
      return found === undefined ? planNew(one, administration) : planUpdate(found, one, administration);
    }),
  );
  refuseTwice(wanted, planned);
  return planned;
}

/** One transaction. @throws InputError when something changed since the plan was made; then nothing was written */
export async function carryOut(
  plan: readonly PlannedApplication[],
  { store }: ApplicationAdministration,
): Promise<void> {
  const writes = plan.flatMap(({ write }) => (write === undefined ? [] : [write]));
  if (writes.length > 0) await store.writeTogether(writes);
}

function findPresent(
  { clientId, change }: WantedApplication,
  present: readonly Application[],
): Application | undefined {
  if (clientId !== undefined) {
    const found = present.find((application) => application.clientId === clientId);
    if (found !== undefined) return found;
    throw new InputError(
      'client_id',
      `No application ${clientId} in this environment. Without client_id it is told by its name.`,
    );
  }
  const [first, ...others] = present.filter(({ name }) => name === nameIn(change));
  if (others.length === 0) return first;
  const ids = [first, ...others].map((application) => application?.clientId).join(', ');
  throw new InputError(
    'name',
    `${others.length + 1} applications are named "${nameIn(change)}": add the client_id (${ids}).`,
  );
}

const nameIn = ({ name }: WantedApplication['change']): string => (name ?? '').normalize('NFC').trim();

function planNew(
  { kind, change }: WantedApplication,
  administration: ApplicationAdministration,
): PlannedApplication {
  if (kind === undefined) throw new InputError('kind', 'A new application needs its kind.');
  const input = { ...change, kind, name: change.name ?? '', redirectUrls: change.redirectUrls ?? [] };
  const { application, secret, clientSecret } = newApplication(input, administration);
  const write = { kind: 'register', application, secret, logo: undefined } as const;
  return { action: 'create', application, differences: [], clientSecret, write };
}

function planUpdate(
  present: Application,
  { kind, change }: WantedApplication,
  administration: ApplicationAdministration,
): PlannedApplication {
  if (kind !== undefined && kind !== present.kind) {
    throw new InputError(
      'kind',
      `"${present.name}" is a ${present.kind} application, and a kind can't be changed: delete it, or give the new one another name.`,
    );
  }
  const application = changedApplication(present, change, administration);
  const differences = differencesOf(application, present);
  if (differences.length === 0) {
    const unchanged = { application: present, differences, clientSecret: undefined, write: undefined };
    return { action: 'unchanged', ...unchanged };
  }
  const write = { kind: 'update', application, since: present.updatedAt } as const;
  return { action: 'update', application, differences, clientSecret: undefined, write };
}

/** Of two that say different things of the same application, only chance would decide. @throws InputError */
function refuseTwice(wanted: readonly WantedApplication[], planned: readonly PlannedApplication[]): void {
  const seen = new Map<string, WantedApplication>();
  for (const [index, one] of wanted.entries()) {
    const { action, application } = planned[index] ?? {};
    const key = action === 'create' ? `name ${application?.name}` : String(application?.clientId);
    const before = seen.get(key);
    if (before !== undefined) {
      throw new InputError('applications', `${one.place}: the same application as at ${before.place}.`);
    }
    seen.set(key, one);
  }
}

function at<T>({ place }: WantedApplication, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof InputError ? new InputError(error.field, `${place}: ${error.message}`) : error;
  }
}
