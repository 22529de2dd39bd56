import { changeUser, createUser, deleteUser, requirePasswordWay, requireUserRecord } from '@fluxo/core';
import type { Static } from 'typebox';
import type { Services } from '../../services.js';
import { withoutUndefined } from '../../without-undefined.js';
import { adminCallOf, type AdminApi } from './admin-api.js';
import { AdminProblem } from './admin-problem.js';
import { cursorOf, readPage } from './paging.js';
import { readIfMatch, sendRevision } from './revisions.js';
import {
  Nothing,
  PageOf,
  PageQuery,
  PROBLEM_RESPONSE,
  Search,
  StateFilter,
} from './schemas/common.schema.js';
import { CreatedUser, NewUser, User, UserChange } from './schemas/user.schema.js';
import { BY_WID, requireOwnUser, sendPasswordLink, userChanging, userIdOf } from './user-calls.js';
import { userView } from './views.js';

const TAGS = { tags: ['users'] };

/** The people of the environment. */
export function registerUsers(api: AdminApi, services: Services): void {
  api.get(
    '/users',
    {
      schema: {
        ...{ ...TAGS, operationId: 'listUsers', summary: 'List the people, by username' },
        querystring: PageQuery({ q: Search, state: StateFilter }),
        response: { 200: PageOf(User), default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const call = adminCallOf(request);
      const { query } = request;
      const asked = { list: 'users', query, call, services };
      const filter = {
        ...(query.q === undefined ? {} : { text: query.q }),
        ...(query.state === undefined ? {} : { enabled: query.state === 'enabled' }),
      };
      const page = await call.tenant.storage.overview.users(filter, readPage(asked), call.tenant.now);
      return { items: page.items.map(userView), next_cursor: cursorOf(page.next, asked) };
    },
  );
  registerCreate(api, services);
  registerOne(api, services);
}

function registerCreate(api: AdminApi, services: Services): void {
  api.post(
    '/users',
    {
      schema: {
        ...{ ...TAGS, operationId: 'createUser', body: NewUser },
        summary: 'Create somebody, with a password, by invitation, or for single sign-on only',
        response: { 201: CreatedUser, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const changing = userChanging(request, services);
      const { invite = false } = body;
      const input = toNewUser(body);
      // Before anybody is created who then could not get in.
      if (invite) requirePasswordWay(input, adminCallOf(request).tenant.environment.settings);
      const user = await createUser(input, changing.administration);
      const sent = invite ? await sendPasswordLink(user, 'invitation', { request, services }) : undefined;
      const record = await requireUserRecord(user.id, changing);
      sendRevision(reply, record.revision);
      reply.header('location', `/api/v1/users/${user.id}`);
      return reply.code(201).send({ ...userView(record), link: sent?.link ?? null });
    },
  );
}

/** Exactly one way in. @throws AdminProblem 400 */
function toNewUser({ invite = false, ...body }: Static<typeof NewUser>) {
  const { password, only_single_sign_on: onlySingleSignOn = false } = body;
  const ways = [password !== undefined, invite, onlySingleSignOn].filter(Boolean).length;
  if (ways !== 1) {
    const detail = 'Say one of three: a password, invite, or only_single_sign_on.';
    throw new AdminProblem('invalid-input', detail, { faults: [{ field: 'password', detail }] });
  }
  const { username, name, email = null, administrator = false } = body;
  return { username, name, email, administrator, onlySingleSignOn, password };
}

function registerOne(api: AdminApi, services: Services): void {
  const schema = { ...TAGS, params: BY_WID };
  const answer = { response: { 200: User, default: PROBLEM_RESPONSE } };
  api.get(
    '/users/:wid',
    { schema: { ...schema, ...answer, operationId: 'getUser', summary: 'Show somebody' } },
    async (request, reply) => {
      const record = await requireOwnUser(request, services);
      sendRevision(reply, record.revision);
      return userView(record);
    },
  );
  api.patch(
    '/users/:wid',
    {
      schema: {
        ...{ ...schema, ...answer, operationId: 'updateUser', body: UserChange },
        summary: 'Change somebody; what is left out stays. Needs If-Match',
      },
    },
    async (request, reply) => {
      const { only_single_sign_on: onlySingleSignOn, ...rest } = request.body;
      const changing = { ...userChanging(request, services), ifRevision: readIfMatch(request) };
      await changeUser(userIdOf(request), withoutUndefined({ ...rest, onlySingleSignOn }), changing);
      const record = await requireOwnUser(request, services);
      sendRevision(reply, record.revision);
      return userView(record);
    },
  );
  api.delete(
    '/users/:wid',
    {
      schema: {
        ...{ ...schema, operationId: 'deleteUser' },
        summary: 'Delete somebody and everything of theirs, at once and for good. Needs If-Match',
        response: { 204: Nothing, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const changing = { ...userChanging(request, services), ifRevision: readIfMatch(request) };
      await deleteUser(userIdOf(request), changing);
      return reply.code(204).send(null);
    },
  );
}
