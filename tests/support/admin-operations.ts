import type { IdentityProviderId } from '@fluxo/core';
import type { AdminClient } from './admin-client.js';
import type { TestFluxo } from './fluxo.js';
import type { HttpCall, TestTenant } from './tenant.js';

/** One call of the administrators' API, as its own document has it: a route that is added is here by itself. */
export interface AdminOperation {
  readonly id: string;
  readonly method: NonNullable<HttpCall['method']>;
  /** As in the document: `/api/v1/applications/{client_id}`. */
  readonly path: string;
  readonly forOperators: boolean;
  readonly parameters: readonly string[];
  readonly takesBody: boolean;
}

interface DocumentOperation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: object;
}

export interface AdminDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

async function adminDocument(tenant: TestTenant): Promise<AdminDocument> {
  const { body } = await tenant.send({ path: '/api/v1/openapi.json' });
  return JSON.parse(body) as AdminDocument;
}

export async function adminOperations(tenant: TestTenant): Promise<readonly AdminOperation[]> {
  const { paths } = await adminDocument(tenant);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase() as AdminOperation['method'],
      path,
      forOperators: JSON.stringify(operation.security ?? []).includes('operatorKey'),
      parameters: (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name),
      takesBody: operation.requestBody !== undefined,
    })),
  );
}

/** What the paths of one environment name: something real for each. */
export type Artefacts = Readonly<Record<string, string>>;

/** An application with a secret, a key and a connection; somebody; an identity provider. */
export async function furnishAdmin(tenant: TestTenant, admin: AdminClient): Promise<Artefacts> {
  const post = async (path: string, body: object) => (await admin.send('POST', path, { body })).json;
  const machine = await post('/applications', { kind: 'machine', name: 'Nightly' });
  const clientId = String(machine['client_id']);
  const [secret] = (await admin.get(`/applications/${clientId}/secrets`)).json.items ?? [];
  const key = await post(`/applications/${clientId}/keys`, { generate: 'EdDSA' });
  const ana = await post('/users', { username: 'ana', name: 'Ana', password: 'correct horse' });
  const provider = await post('/identity-providers', {
    ...{ kind: 'oidc', name: 'Company', issuer: 'https://login.example' },
    ...{ client_id: 'fluxo', client_authentication: 'none' },
  });
  await tenant.storage.identityProviders.noteTest(String(provider['id']) as IdentityProviderId, {
    ...{ at: 0, refusal: null, mapped: [], received: [] },
  });
  const consents = await tenant.storage.grants.listConsents((await rootOf(tenant)).id);
  return {
    client_id: clientId,
    secret_id: String(secret?.['secret_id']),
    key_id: String(key['key_id']),
    consent_id: String(consents[0]?.consentId),
    wid: String(ana['wid']),
    id: String(provider['id']),
    lane: 'sb07',
  };
}

async function rootOf({ storage }: TestTenant) {
  const found = await storage.users.findByUsername('root');
  if (found === undefined) throw new Error('There is no administrator called root.');
  return found.user;
}

export function pathWith({ path }: Pick<AdminOperation, 'path'>, artefacts: Artefacts): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = artefacts[name];
    if (value === undefined) throw new Error(`Nothing is known for {${name}}: name it in furnishAdmin.`);
    return value;
  });
}

/** Something that each call with a body would carry out. */
const BODIES: Readonly<Record<string, object>> = {
  createApplication: { kind: 'web', name: 'Another', redirect_urls: ['https://app.example/cb'] },
  updateApplication: { name: 'Renamed' },
  checkRedirectUrl: { kind: 'web', url: 'https://app.example/cb' },
  createSecret: { note: 'another' },
  createKey: { generate: 'ES256' },
  createUser: { username: 'eve', name: 'Eve', password: 'correct horse', administrator: true },
  updateUser: { administrator: true },
  updateEnvironment: { name: 'Renamed' },
  createIdentityProvider: { kind: 'oidc', name: 'Evil', issuer: 'https://evil.example' },
  updateIdentityProvider: { name: 'Renamed' },
  createLane: { lane: 'sb08' },
  copyToLane: { client_ids: ['0'.repeat(32)] },
  createEnvironment: {
    domain: 'evil',
    lane: 'my',
    name: 'Evil',
    administrator: { username: 'eve', name: 'Eve' },
  },
};

/** The call with a body that it would take, and whatever is there as its condition. */
export function callOf(
  operation: AdminOperation,
  artefacts: Artefacts,
): HttpCall & { readonly headers: object } {
  const { method, id } = operation;
  const body = BODIES[id];
  if (operation.takesBody && body === undefined) throw new Error(`${id} takes a body: name one in BODIES.`);
  return {
    ...{ method, path: pathWith(operation, artefacts) },
    headers: {
      'if-match': '*',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(id.startsWith('set') ? { 'content-type': 'image/png' } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(id.startsWith('set') ? { body: ONE_PIXEL } : {}),
  };
}

const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** What each request of somebody may move. */
const UNTOUCHED: ReadonlySet<string> = new Set(['lastUsedAt', 'lastActiveAt']);

/** Everything that the calls could change, in all environments. */
export async function everythingIn({ server }: TestFluxo): Promise<string> {
  const { storage } = server.services;
  const environments = await storage.environments.list();
  const rows = environments.map(async (environment) => {
    const ports = storage.forEnvironment(environment.id);
    const users = await ports.users.list();
    return {
      environment,
      users,
      applications: await ports.applications.list(),
      providers: await ports.identityProviders.list(),
      // Whatever is done is recorded: also of secrets, keys, links, sessions and second factors.
      done: (await ports.audit.list(1000)).map(({ id, type }) => `${id} ${type}`),
      consents: await Promise.all(users.map(({ id }) => ports.grants.listConsents(id))),
    };
  });
  return JSON.stringify(await Promise.all(rows), (key, value: unknown) =>
    UNTOUCHED.has(key) ? null : value,
  );
}
