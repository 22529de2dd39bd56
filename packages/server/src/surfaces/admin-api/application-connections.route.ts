import { disconnectAll, parseId, type ConsentId } from '@fluxo/core';
import { Type } from 'typebox';
import type { Services } from '../../services.js';
import { adminCallOf, type AdminApi } from './admin-api.js';
import { AdminProblem } from './admin-problem.js';
import { BY_CLIENT_ID, clientIdOf, requireOwnApplication } from './application-calls.js';
import { cursorOf, readPage } from './paging.js';
import { Connection, Disconnected } from './schemas/application.schema.js';
import { Id, Nothing, PageOf, PageQuery, PROBLEM_RESPONSE } from './schemas/common.schema.js';
import { connectionView } from './views.js';

const URL = '/applications/:client_id/connections';
const TAGS = { tags: ['connections'] };

/** Who let the application act for them, and the end of it. */
export function registerApplicationConnections(api: AdminApi, services: Services): void {
  const schema = { ...TAGS, params: BY_CLIENT_ID };
  api.get(
    URL,
    {
      schema: {
        ...{ ...schema, operationId: 'listConnections', summary: 'List who is connected, the newest first' },
        querystring: PageQuery({}),
        response: { 200: PageOf(Connection), default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const { application } = await requireOwnApplication(request, services);
      const { clientId } = application;
      const call = adminCallOf(request);
      const asked = { list: `connections ${clientId}`, query: request.query, call, services };
      const { overview } = call.tenant.storage;
      const page = await overview.connections({ clientId }, readPage(asked), call.tenant.now);
      return { items: page.items.map(connectionView), next_cursor: cursorOf(page.next, asked) };
    },
  );
  api.delete(
    `${URL}/:consent_id`,
    {
      schema: {
        ...{ ...TAGS, operationId: 'deleteConnection', summary: 'Disconnect one person' },
        params: Type.Object({ ...BY_CLIENT_ID.properties, consent_id: Id('the consent') }),
        response: { 204: Nothing, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const { storage, now } = adminCallOf(request).tenant;
      const consentId = parseId<ConsentId>(request.params.consent_id);
      const filter = consentId && { clientId: clientIdOf(request), consentId };
      if (filter === undefined || (await disconnectAll(filter, storage.grants, now)) === 0) {
        throw new AdminProblem('not-found', 'No such connection of this application.');
      }
      return reply.code(204).send(null);
    },
  );
  api.post(
    '/applications/:client_id/disconnect-all',
    {
      schema: {
        ...{ ...schema, operationId: 'disconnectAll', summary: 'Disconnect everybody' },
        response: { 200: Disconnected, default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const { application } = await requireOwnApplication(request, services);
      const { storage, now } = adminCallOf(request).tenant;
      const filter = { clientId: application.clientId };
      return { disconnected: await disconnectAll(filter, storage.grants, now) };
    },
  );
}
