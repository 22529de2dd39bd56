import {
  addApplicationSecret,
  deleteApplicationSecret,
  parseId,
  type ApplicationSecret,
  type SecretId,
} from '@fluxo/core';
import { Type } from 'typebox';
import type { Services } from '../../services.js';
import { adminCallOf, type AdminApi } from './admin-api.js';
import { AdminProblem } from './admin-problem.js';
import {
  applicationAdministration,
  BY_CLIENT_ID,
  clientIdOf,
  requireOwnApplication,
} from './application-calls.js';
import { CreatedSecret, NewSecret, Secret } from './schemas/application.schema.js';
import { Id, Nothing, PageOf, PROBLEM_RESPONSE } from './schemas/common.schema.js';
import { iso, isoOrNull } from './views.js';

const URL = '/applications/:client_id/secrets';

/** Several may be good at once, so that one can be changed without an interruption. */
export function registerApplicationSecrets(api: AdminApi, services: Services): void {
  const schema = { tags: ['secrets'], params: BY_CLIENT_ID };
  api.get(
    URL,
    {
      schema: {
        ...{ ...schema, operationId: 'listSecrets', summary: 'List the secrets, those deleted too' },
        response: { 200: PageOf(Secret), default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const { application } = await requireOwnApplication(request, services);
      const { applications } = adminCallOf(request).tenant.storage;
      const secrets = await applications.listSecrets(application.clientId);
      return { items: secrets.map(secretView), next_cursor: null };
    },
  );
  api.post(
    URL,
    {
      schema: {
        ...{ ...schema, operationId: 'createSecret', summary: 'Add a secret; it is shown this once' },
        body: NewSecret,
        response: { 201: CreatedSecret, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const clientId = clientIdOf(request);
      const administration = applicationAdministration(request, services);
      const note = request.body.note ?? null;
      const { secret, clientSecret } = await addApplicationSecret(clientId, note, administration);
      return reply.code(201).send({ ...secretView(secret), client_secret: clientSecret });
    },
  );
  api.delete(
    `${URL}/:secret_id`,
    {
      schema: {
        ...{
          tags: ['secrets'],
          operationId: 'deleteSecret',
          summary: 'Delete a secret: it is refused at once',
        },
        params: Type.Object({ ...BY_CLIENT_ID.properties, secret_id: Id('the secret') }),
        response: { 204: Nothing, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const secretId = parseId<SecretId>(request.params.secret_id);
      if (secretId === undefined) throw new AdminProblem('not-found', 'No such secret.');
      const administration = applicationAdministration(request, services);
      await deleteApplicationSecret(clientIdOf(request), secretId, administration);
      return reply.code(204).send(null);
    },
  );
}

function secretView({ id, note, lastCharacters, createdAt, lastUsedAt, deletedAt }: ApplicationSecret) {
  return {
    ...{ secret_id: id, note, last_characters: lastCharacters },
    ...{ created_at: iso(createdAt), last_used_at: isoOrNull(lastUsedAt), deleted_at: isoOrNull(deletedAt) },
  };
}
