import { ConflictError, NotFoundError } from '../errors/refusals.js';
import { newOpaqueId, newOrderedId, type Essentials } from '../essentials.js';
import type { ClientId, EnvironmentId, SecretId } from '../ids.js';
import { checkText } from '../text.js';
import { mintApplicationSecret } from '../tokens/application-secret.js';
import type { Application, ApplicationSecret, ApplicationSecretDigest } from './application.js';
import type { ApplicationStore } from './application-store.js';
import { checkApplication, type ApplicationInput } from './check-application.js';
import type { RedirectUrlRules } from './redirect-url.js';

/** What managing applications needs; the same for command line, admin API and console. */
export interface ApplicationAdministration {
  readonly environmentId: EnvironmentId;
  readonly store: ApplicationStore;
  readonly essentials: Essentials;
  readonly isOwnHost: RedirectUrlRules['isOwnHost'];
}

export interface RegisteredApplication {
  readonly application: Application;
  /** Shown once, never stored; absent for a public client. */
  readonly clientSecret: string | undefined;
}

const MAX_LIVE_SECRETS = 10;

/** @throws InputError */
export async function registerApplication(
  input: ApplicationInput,
  administration: ApplicationAdministration,
): Promise<RegisteredApplication> {
  const { application, secret, clientSecret } = newApplication(input, administration);
  if ((await administration.store.register(application, secret)) === 'limit-reached')
    throw applicationLimitReached();
  return { application, clientSecret };
}

/** What is to be registered, with its first secret unless it is a public client. @throws InputError */
export function newApplication(
  input: ApplicationInput,
  administration: ApplicationAdministration,
): RegisteredApplication & { readonly secret: ApplicationSecretDigest | undefined } {
  const { essentials, environmentId, isOwnHost } = administration;
  const now = essentials.clock.now(environmentId);
  const application: Application = {
    ...checkApplication(input, isOwnHost),
    clientId: newOpaqueId<ClientId>(essentials.random),
    logoVersion: null,
    copiedFrom: null,
    createdAt: now,
    updatedAt: now,
  };
  if (application.kind === 'spa') return { application, secret: undefined, clientSecret: undefined };
  const { text, secret } = newSecret(null, administration);
  return { application, secret, clientSecret: text };
}

/** What is to be written. @throws InputError */
export function changedApplication(
  current: Application,
  change: Partial<Omit<ApplicationInput, 'kind'>>,
  { essentials, environmentId, isOwnHost }: ApplicationAdministration,
): Application {
  const refreshPolicy = { ...current.refreshPolicy, ...change.refreshPolicy };
  return {
    ...current,
    ...checkApplication({ ...current, ...change, refreshPolicy }, isOwnHost),
    updatedAt: essentials.clock.now(environmentId),
  };
}

/** @throws InputError when no such application exists */
export async function requireApplication(clientId: ClientId, store: ApplicationStore): Promise<Application> {
  const application = await store.find(clientId);
  if (application === undefined) throw noSuchApplication(clientId);
  return application;
}

/** A further secret beside those that are good; its text is shown once. @throws InputError */
export async function addApplicationSecret(
  clientId: ClientId,
  note: string | null,
  administration: ApplicationAdministration,
): Promise<{ readonly secret: ApplicationSecret; readonly clientSecret: string }> {
  const application = await requireApplication(clientId, administration.store);
  if (application.kind === 'spa') {
    throw new ConflictError(
      'kind',
      'A spa application runs in its user’s browser, where nothing stays secret: it has none.',
    );
  }
  const { text, secret } = newSecret(note, administration);
  const outcome = await administration.store.addSecret(clientId, secret, MAX_LIVE_SECRETS);
  if (outcome === 'gone') throw noSuchApplication(clientId);
  if (outcome === 'limit-reached') {
    throw new ConflictError(
      'secret',
      `An application has at most ${MAX_LIVE_SECRETS} secrets; delete one first.`,
    );
  }
  return { secret, clientSecret: text };
}

/** Its text is for the one who asked, its digest for the store. @throws InputError */
export function newSecret(
  note: string | null,
  { essentials, environmentId }: ApplicationAdministration,
): { text: string; secret: ApplicationSecretDigest } {
  const { text, digest, lastCharacters } = mintApplicationSecret(essentials.random);
  return {
    text,
    secret: {
      id: newOrderedId<SecretId>(essentials),
      note: note === null || note === '' ? null : checkText('note', note, { max: 64 }),
      lastCharacters,
      digest,
      createdAt: essentials.clock.now(environmentId),
      lastUsedAt: null,
      deletedAt: null,
    },
  };
}

/** It is refused from then on; its last characters stay. @throws NotFoundError when none of that name is good */
export async function deleteApplicationSecret(
  clientId: ClientId,
  secretId: SecretId,
  { essentials, environmentId, store }: ApplicationAdministration,
): Promise<void> {
  await requireApplication(clientId, store);
  if (await store.deleteSecret(clientId, secretId, essentials.clock.now(environmentId))) return;
  throw new NotFoundError('secretId', `No secret ${secretId} of this application is good any more.`);
}

function noSuchApplication(clientId: ClientId): NotFoundError {
  return new NotFoundError('clientId', `No application ${clientId} in this environment.`);
}

export function applicationLimitReached(): ConflictError {
  return new ConflictError(
    'maxApplications',
    'The environment has as many applications as it may have: delete one, or raise the limit (--max-applications).',
  );
}
