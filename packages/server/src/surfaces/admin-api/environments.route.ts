import {
  createEnvironmentWithAdministrator,
  environmentsBy,
  parseEnvironmentName,
  type Environment,
} from '@fluxo/core';
import { Type } from 'typebox';
import { passwordLinkUrl } from '../../adapters/mail/password-link-mail.js';
import type { Services } from '../../services.js';
import type { AdminApi } from './admin-api.js';
import { AdminProblem } from './admin-problem.js';
import { Id, Nothing, PageOf, PROBLEM_RESPONSE } from './schemas/common.schema.js';
import { FoundedEnvironment, NewEnvironment, OperatedEnvironment } from './schemas/environment.schema.js';
import { iso } from './views.js';

const TAGS = { tags: ['environments'], security: [{ operatorKey: [] }] };
const FOR_OPERATORS = { access: 'operator' } as const;
const BY_ID = Type.Object({ id: Id('the environment') });

/** What operators manage, on whichever host of ours they ask. */
export function registerEnvironments(api: AdminApi, services: Services): void {
  const environments = environmentsBy(services.storage.environments, { via: 'operator' });
  api.get(
    '/environments',
    {
      config: FOR_OPERATORS,
      schema: {
        ...{ ...TAGS, operationId: 'listEnvironments', summary: 'List all environments' },
        response: { 200: PageOf(OperatedEnvironment), default: PROBLEM_RESPONSE },
      },
    },
    async () => {
      const items = (await environments.list()).map((environment) => view(environment, services));
      return { items, next_cursor: null };
    },
  );
  api.post(
    '/environments',
    {
      config: FOR_OPERATORS,
      schema: {
        ...{ ...TAGS, operationId: 'createEnvironment', body: NewEnvironment },
        summary: 'Create an environment with its first administrator',
        response: { 201: FoundedEnvironment, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const { domain, lane, name, administrator } = request.body;
      const input = { ...parseEnvironmentName(`${domain}.${lane}`), name, administrator };
      const founded = await createEnvironmentWithAdministrator(input, environments, services.essentials);
      const shown = view(founded.environment, services);
      reply.header('location', `/api/v1/environments/${shown.id}`);
      return reply.code(201).send({ ...shown, link: passwordLinkUrl(shown.origin, founded.token) });
    },
  );
  api.get(
    '/environments/:id',
    {
      config: FOR_OPERATORS,
      schema: {
        ...{ ...TAGS, params: BY_ID, operationId: 'getOperatedEnvironment', summary: 'Show an environment' },
        response: { 200: OperatedEnvironment, default: PROBLEM_RESPONSE },
      },
    },
    async ({ params }) => view(await requireEnvironment(params.id, services), services),
  );
  api.delete(
    '/environments/:id',
    {
      config: FOR_OPERATORS,
      schema: {
        ...{ ...TAGS, params: BY_ID, operationId: 'deleteEnvironment' },
        summary: 'Delete an environment and everything in it, at once and for good',
        response: { 204: Nothing, default: PROBLEM_RESPONSE },
      },
    },
    async ({ params }, reply) => {
      const { id } = await requireEnvironment(params.id, services);
      await environments.delete(id);
      return reply.code(204).send(null);
    },
  );
}

/** @throws AdminProblem 404 */
async function requireEnvironment(text: string, { storage }: Services): Promise<Environment> {
  const found = (await storage.environments.list()).find(({ id }) => id === text);
  if (found === undefined) throw new AdminProblem('not-found', 'No such environment.');
  return found;
}

function view(environment: Environment, { hosts }: Services) {
  const { id, domain, lane, name, createdAt } = environment;
  return { id, domain, lane, name, origin: hosts.originOf(environment), created_at: iso(createdAt) };
}
