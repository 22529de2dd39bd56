import { disconnectAll, parseId, type ConsentId } from '@fluxo/core';
import { Type } from 'typebox';
import type { Services } from '../../services.js';
import { adminCallOf, type AdminApi } from './admin-api.js';
import { AdminProblem } from './admin-problem.js';
import { cursorOf, readPage } from './paging.js';
import { Id, Nothing, PageOf, PageQuery, PROBLEM_RESPONSE } from './schemas/common.schema.js';
import { PasswordLink, UserConnection } from './schemas/user.schema.js';
import { BY_WID, requireOwnUser, sendPasswordLink, userIdOf } from './user-calls.js';
import { userConnectionView } from './views.js';

const TAGS = { tags: ['users'] };

/** What hangs on somebody: applications, browser sessions, the second factor, the link to choose a password. */
export function registerUserConnections(api: AdminApi, services: Services): void {
  const schema = { ...TAGS, params: BY_WID };
  const nothing = { response: { 204: Nothing, default: PROBLEM_RESPONSE } };
  api.post(
    '/users/:wid/password-link',
    {
      schema: {
        ...{ ...schema, operationId: 'sendPasswordLink' },
        summary: 'Send a link to choose a password; the link before is dead',
        response: { 200: PasswordLink, default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const { user } = await requireOwnUser(request, services);
      return sendPasswordLink(user, 'invitation', { request, services });
    },
  );
  api.post(
    '/users/:wid/sign-out',
    { schema: { ...schema, ...nothing, operationId: 'signOutUser', summary: 'End the browser sessions' } },
    async (request, reply) => {
      const { user } = await requireOwnUser(request, services);
      const { storage, now } = adminCallOf(request).tenant;
      await storage.sessions.endAllOfUser(user.id, now);
      return reply.code(204).send(null);
    },
  );
  api.delete(
    '/users/:wid/second-factor',
    {
      schema: {
        ...{ ...schema, ...nothing, operationId: 'deleteSecondFactor' },
        summary: 'For who lost both phone and recovery codes; make sure that it is them',
      },
    },
    async (request, reply) => {
      const { user } = await requireOwnUser(request, services);
      const { storage, now } = adminCallOf(request).tenant;
      if (!(await storage.secondFactors.remove(user.id, 'administrator', now))) {
        throw new AdminProblem('not-found', `"${user.username}" has no second factor.`);
      }
      return reply.code(204).send(null);
    },
  );
  registerConnections(api, services);
}

function registerConnections(api: AdminApi, services: Services): void {
  api.get(
    '/users/:wid/connections',
    {
      schema: {
        ...{ ...TAGS, params: BY_WID, operationId: 'listUserConnections' },
        summary: 'List the applications that may act for somebody, the newest first',
        querystring: PageQuery({}),
        response: { 200: PageOf(UserConnection), default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const { user } = await requireOwnUser(request, services);
      const call = adminCallOf(request);
      const asked = { list: `connections of ${user.id}`, query: request.query, call, services };
      const { overview } = call.tenant.storage;
      const page = await overview.connections({ userId: user.id }, readPage(asked), call.tenant.now);
      return { items: page.items.map(userConnectionView), next_cursor: cursorOf(page.next, asked) };
    },
  );
  api.delete(
    '/users/:wid/connections/:consent_id',
    {
      schema: {
        ...{ ...TAGS, operationId: 'deleteUserConnection', summary: 'Disconnect one application' },
        params: Type.Object({ ...BY_WID.properties, consent_id: Id('the consent') }),
        response: { 204: Nothing, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const { storage, now } = adminCallOf(request).tenant;
      const consentId = parseId<ConsentId>(request.params.consent_id);
      const filter = consentId && { userId: userIdOf(request), consentId };
      if (filter === undefined || (await disconnectAll(filter, storage.grants, now)) === 0) {
        throw new AdminProblem('not-found', 'No such connection of this user.');
      }
      return reply.code(204).send(null);
    },
  );
}
