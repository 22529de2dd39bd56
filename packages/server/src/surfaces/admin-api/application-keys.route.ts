import {
  deleteApplicationKey,
  parseId,
  publicKeyPem,
  registerApplicationKey,
  type ApplicationKey,
  type ApplicationKeyId,
  type User,
} from '@fluxo/core';
import { Type, type Static } from 'typebox';
import type { Services } from '../../services.js';
import { adminCallOf, type AdminApi } from './admin-api.js';
import { AdminProblem } from './admin-problem.js';
import {
  applicationAdministration,
  BY_CLIENT_ID,
  clientIdOf,
  requireOwnApplication,
} from './application-calls.js';
import { CreatedKey, Key, NewKey } from './schemas/application.schema.js';
import { Id, Nothing, PageOf, PROBLEM_RESPONSE } from './schemas/common.schema.js';
import { iso, isoOrNull } from './views.js';

const URL = '/applications/:client_id/keys';

/** With a key a machine application acts for whoever registered it. */
export function registerApplicationKeys(api: AdminApi, services: Services): void {
  const schema = { tags: ['keys'], params: BY_CLIENT_ID };
  api.get(
    URL,
    {
      schema: {
        ...{ ...schema, operationId: 'listKeys', summary: 'List the keys, those deleted too' },
        response: { 200: PageOf(Key), default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const { application } = await requireOwnApplication(request, services);
      const { storage } = adminCallOf(request).tenant;
      const keys = await storage.applications.listKeys(application.clientId);
      const ids = [...new Set(keys.map(({ registeredBy }) => registeredBy))];
      const users = await Promise.all(ids.map((id) => storage.users.find(id)));
      return {
        items: keys.map((key) =>
          keyView(
            key,
            users.find((user) => user?.id === key.registeredBy),
          ),
        ),
        next_cursor: null,
      };
    },
  );
  api.post(
    URL,
    {
      schema: {
        ...{ ...schema, operationId: 'createKey', body: NewKey },
        summary: 'Register a public key, or have a pair made; the application acts for you with it',
        response: { 201: CreatedKey, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const { caller } = adminCallOf(request);
      const input = {
        source: sourceOf(request.body),
        registeredBy: caller.id,
        note: request.body.note ?? null,
      };
      const { key, privateKeyPem } = await registerApplicationKey(
        clientIdOf(request),
        input,
        applicationAdministration(request, services),
      );
      return reply.code(201).send({ ...keyView(key, caller), private_key: privateKeyPem ?? null });
    },
  );
  api.delete(
    `${URL}/:key_id`,
    {
      schema: {
        ...{ tags: ['keys'], operationId: 'deleteKey' },
        summary: 'Delete a key: every session that was obtained with it ends',
        params: Type.Object({ ...BY_CLIENT_ID.properties, key_id: Id('the key') }),
        response: { 204: Nothing, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const keyId = parseId<ApplicationKeyId>(request.params.key_id);
      if (keyId === undefined) throw new AdminProblem('not-found', 'No such key.');
      const administration = applicationAdministration(request, services);
      await deleteApplicationKey(clientIdOf(request), keyId, administration);
      return reply.code(204).send(null);
    },
  );
}

/** @throws AdminProblem 400 unless it is one of the two */
function sourceOf({ public_key: publicKey, generate }: Static<typeof NewKey>) {
  if (publicKey !== undefined && generate === undefined) return { publicKey };
  if (generate !== undefined && publicKey === undefined) return { generate };
  const detail = 'Send either public_key or generate.';
  throw new AdminProblem('invalid-input', detail, { faults: [{ field: 'public_key', detail }] });
}

function keyView(key: ApplicationKey, user: Pick<User, 'username' | 'name'> | undefined) {
  const { registeredBy, createdAt, lastUsedAt, deletedAt } = key;
  return {
    ...{ key_id: key.id, note: key.note, algorithm: key.algorithm, fingerprint: key.fingerprint },
    registered_by: { wid: registeredBy, username: user?.username ?? null, name: user?.name ?? null },
    ...{ created_at: iso(createdAt), last_used_at: isoOrNull(lastUsedAt), deleted_at: isoOrNull(deletedAt) },
    public_key_pem: publicKeyPem(key),
  };
}
