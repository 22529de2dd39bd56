import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addApplicationSecret,
  createEnvironment,
  createUser,
  parseId,
  registerApplication,
  usernameKey,
  type ApplicationAdministration,
  type ClientId,
  type Environment,
} from '@fluxo/core';
import type { Services } from '@fluxo/server';
import { DEMO_APPLICATION, DEMO_ENVIRONMENTS, DEMO_PASSWORD, DEMO_USERS, demoProjects } from './demo-data.js';

/** What the third-party app was given when it was registered. */
export interface ClientRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface SeedOptions {
  readonly folder: string;
  readonly redirectUrl: string;
}

export interface WantedEnvironment {
  readonly domain: string;
  readonly lane: string;
  readonly name: string;
  /** Which one it is, so that no two have a project of one identifier. */
  readonly index: number;
  readonly users: readonly WantedUser[];
}

type WantedUser = Omit<Parameters<typeof createUser>[0], 'password'>;

/** Makes what is missing of the demo, so that a second start, or one after an interruption, finds its data. */
export async function seedDemo(services: Services, options: SeedOptions): Promise<ClientRegistration> {
  const environments: Environment[] = [];
  for (const [index, name] of DEMO_ENVIRONMENTS.entries()) {
    environments.push(await seedEnvironment(services, { ...name, index, users: DEMO_USERS }));
  }
  const [main] = environments;
  if (main === undefined) throw new Error('The demo has no environment.');
  return seedApplication(services, main, { ...options, file: 'lapis-registration.json' });
}

export async function seedEnvironment(
  { storage, essentials, passwordHasher }: Services,
  wanted: WantedEnvironment,
): Promise<Environment> {
  const environment =
    (await storage.environments.findByName(wanted)) ??
    (await createEnvironment(wanted, storage.environments, essentials));
  const { users, projects } = storage.forEnvironment(environment.id);
  const administration = { environmentId: environment.id, store: users, essentials, passwordHasher };
  const missing: WantedUser[] = [];
  for (const user of wanted.users) {
    if ((await users.findByUsername(usernameKey(user.username))) === undefined) missing.push(user);
  }
  await Promise.all(missing.map((user) => createUser({ ...user, password: DEMO_PASSWORD }, administration)));
  const anyProject = await projects.search({ filters: [], first: 0, limit: 1 });
  if (anyProject.length === 0) await projects.add(demoProjects(wanted.index));
  return environment;
}

/** The secret is shown once and kept nowhere on the server, so the app keeps it, as a real one would. */
export async function seedApplication(
  { storage, essentials, hosts }: Services,
  environment: Environment,
  { folder, redirectUrl, file }: SeedOptions & { readonly file: string },
): Promise<ClientRegistration> {
  const path = join(folder, file);
  const { applications } = storage.forEnvironment(environment.id);
  const administration: ApplicationAdministration = {
    environmentId: environment.id,
    store: applications,
    essentials,
    isOwnHost: hosts.isOwnHost,
  };
  const kept = readRegistration(path);
  const keptId = parseId<ClientId>(kept?.clientId ?? '');
  if (kept !== undefined && keptId !== undefined && (await applications.find(keptId)) !== undefined)
    return kept;
  const registration = await register(administration, redirectUrl);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(registration), { mode: 0o600 });
  renameSync(draft, path);
  return registration;
}

async function register(
  administration: ApplicationAdministration,
  redirectUrl: string,
): Promise<ClientRegistration> {
  const known = (await administration.store.list()).find(({ name }) => name === DEMO_APPLICATION.name);
  if (known !== undefined) {
    const { clientSecret } = await addApplicationSecret(
      known.clientId,
      'demo, the first was lost',
      administration,
    );
    return { clientId: known.clientId, clientSecret };
  }
  const { application, clientSecret = '' } = await registerApplication(
    { ...DEMO_APPLICATION, kind: 'web', redirectUrls: [redirectUrl], refreshPolicy: { rotation: true } },
    administration,
  );
  return { clientId: application.clientId, clientSecret };
}

function readRegistration(path: string): ClientRegistration | undefined {
  try {
    const { clientId, clientSecret } = JSON.parse(readFileSync(path, 'utf8')) as Partial<ClientRegistration>;
    return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret };
  } catch {
    return undefined;
  }
}
