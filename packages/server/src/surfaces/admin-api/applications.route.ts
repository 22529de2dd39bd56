import {
  changeApplication,
  checkRedirectUrl,
  deleteApplication,
  RedirectUrlError,
  registerApplication,
  requireApplicationRecord,
  type ApplicationFilter,
} from '@fluxo/core';
import { Type } from 'typebox';
import type { Services } from '../../services.js';
import { withoutUndefined } from '../../without-undefined.js';
import { adminCallOf, type AdminApi } from './admin-api.js';
import {
  applicationAdministration,
  applicationChanging,
  BY_CLIENT_ID,
  clientIdOf,
  requireOwnApplication,
} from './application-calls.js';
import { toApplicationChange } from './application-input.js';
import { cursorOf, readPage } from './paging.js';
import { readIfMatch, sendRevision } from './revisions.js';
import {
  Application,
  ApplicationChange,
  ApplicationItem,
  Kind,
  NewApplication,
  RedirectUrlCheck,
  RedirectUrlVerdict,
  RegisteredApplication,
} from './schemas/application.schema.js';
import {
  Nothing,
  PageOf,
  PageQuery,
  PROBLEM_RESPONSE,
  Search,
  StateFilter,
} from './schemas/common.schema.js';
import { applicationItemView, applicationView } from './views.js';

const TAGS = { tags: ['applications'] };
const ListQuery = PageQuery({ q: Search, kind: Type.Optional(Kind), state: StateFilter });

/** What third-party software connects as. */
export function registerApplications(api: AdminApi, services: Services): void {
  api.get(
    '/applications',
    {
      schema: {
        ...{ ...TAGS, operationId: 'listApplications', summary: 'List applications, by name' },
        querystring: ListQuery,
        response: { 200: PageOf(ApplicationItem), default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const call = adminCallOf(request);
      const { query } = request;
      const asked = { list: 'applications', query, call, services };
      const { overview } = call.tenant.storage;
      const page = await overview.applications(toFilter(query), readPage(asked), call.tenant.now);
      return { items: page.items.map(applicationItemView), next_cursor: cursorOf(page.next, asked) };
    },
  );
  api.post(
    '/applications',
    {
      schema: {
        ...{ ...TAGS, operationId: 'createApplication', summary: 'Register an application' },
        body: NewApplication,
        response: { 201: RegisteredApplication, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const { kind, name, ...rest } = request.body;
      const input = { redirectUrls: [], ...toApplicationChange(rest), kind, name };
      const administration = applicationAdministration(request, services);
      const { application, clientSecret } = await registerApplication(input, administration);
      const { clientId } = application;
      const record = await requireApplicationRecord(clientId, applicationChanging(request, services));
      sendRevision(reply, record.revision);
      return reply
        .code(201)
        .header('location', `/api/v1/applications/${clientId}`)
        .send({ ...applicationView(record), client_secret: clientSecret ?? null });
    },
  );
  registerOne(api, services);
  api.post(
    '/applications/check-redirect-url',
    {
      schema: {
        ...{
          ...TAGS,
          operationId: 'checkRedirectUrl',
          summary: 'Say whether a redirect URL could be registered',
        },
        body: RedirectUrlCheck,
        response: { 200: RedirectUrlVerdict, default: PROBLEM_RESPONSE },
      },
    },
    ({ body: { kind, url } }) => {
      try {
        checkRedirectUrl(url, { kind, isOwnHost: services.hosts.isOwnHost });
        return { ok: true, detail: null, reason: null, values: {} };
      } catch (error) {
        if (!(error instanceof RedirectUrlError)) throw error;
        const { message, reason, values } = error;
        return { ok: false, detail: message, reason, values };
      }
    },
  );
}

function registerOne(api: AdminApi, services: Services): void {
  const schema = { ...TAGS, params: BY_CLIENT_ID };
  const url = '/applications/:client_id';
  const answer = { response: { 200: Application, default: PROBLEM_RESPONSE } };
  api.get(
    url,
    { schema: { ...schema, ...answer, operationId: 'getApplication', summary: 'Show an application' } },
    async (request, reply) => {
      const record = await requireOwnApplication(request, services);
      sendRevision(reply, record.revision);
      return applicationView(record);
    },
  );
  api.patch(
    url,
    {
      schema: {
        ...{ ...schema, ...answer, operationId: 'updateApplication', body: ApplicationChange },
        summary: 'Change an application; what is left out stays. Needs If-Match',
      },
    },
    async (request, reply) => {
      const changing = { ...applicationChanging(request, services), ifRevision: readIfMatch(request) };
      await changeApplication(clientIdOf(request), toApplicationChange(request.body), changing);
      const record = await requireOwnApplication(request, services);
      sendRevision(reply, record.revision);
      return applicationView(record);
    },
  );
  api.delete(
    url,
    {
      schema: {
        ...{ ...schema, operationId: 'deleteApplication' },
        summary: 'Delete an application: every grant under it ends at once. Needs If-Match',
        response: { 204: Nothing, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const changing = { ...applicationChanging(request, services), ifRevision: readIfMatch(request) };
      await deleteApplication(clientIdOf(request), changing);
      return reply.code(204).send(null);
    },
  );
}

function toFilter({
  q,
  kind,
  state,
}: {
  readonly q?: string;
  readonly kind?: ApplicationFilter['kind'];
  readonly state?: 'enabled' | 'disabled';
}): ApplicationFilter {
  const enabled = state === undefined ? undefined : state === 'enabled';
  return withoutUndefined({ text: q, kind, enabled });
}
