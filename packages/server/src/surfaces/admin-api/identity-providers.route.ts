import {
  changeIdentityProvider,
  createIdentityProvider,
  deleteIdentityProvider,
  mintTestTicket,
  parseId,
  PROVIDER_TEST_PAGE,
  requireProviderRecord,
  type IdentityProviderId,
  type NamedValues,
  type ProviderChanging,
} from '@fluxo/core';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { withSigningKey } from '../../adapters/saml/signing-key.js';
import type { Services } from '../../services.js';
import { adminCallOf, type AdminApi } from './admin-api.js';
import { AdminProblem } from './admin-problem.js';
import { toProviderChange } from './identity-provider-input.js';
import { identityProviderView } from './identity-provider.view.js';
import { cursorOf, readPage } from './paging.js';
import { readIfMatch, sendRevision } from './revisions.js';
import { Id, Nothing, PageOf, PageQuery, PROBLEM_RESPONSE } from './schemas/common.schema.js';
import {
  IdentityProvider,
  IdentityProviderChange,
  LastTest,
  NewIdentityProvider,
  ProviderTest,
} from './schemas/identity-provider.schema.js';
import { iso } from './views.js';

const TAGS = { tags: ['identity-providers'] };
const BY_ID = Type.Object({ id: Id('the identity provider') });
/** Metadata is long. */
const BODY_LIMIT_BYTES = 256 * 1024;

/** Where the people of the environment prove who they are: their company's own sign-in. */
export function registerIdentityProviders(api: AdminApi, services: Services): void {
  api.get(
    '/identity-providers',
    {
      schema: {
        ...{
          ...TAGS,
          operationId: 'listIdentityProviders',
          summary: 'List identity providers, the eldest first',
        },
        querystring: PageQuery({}),
        response: { 200: PageOf(IdentityProvider), default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const call = adminCallOf(request);
      const asked = { list: 'identity-providers', query: request.query, call, services };
      const page = await call.tenant.storage.overview.identityProviders(readPage(asked));
      const items = page.items.map((record) => identityProviderView(record, call.tenant.origin));
      return { items, next_cursor: cursorOf(page.next, asked) };
    },
  );
  api.post(
    '/identity-providers',
    {
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        ...{ ...TAGS, operationId: 'createIdentityProvider', body: NewIdentityProvider },
        summary: 'Add an identity provider',
        response: { 201: IdentityProvider, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { tenant } = adminCallOf(request);
      const { secret: given, ...change } = toProviderChange(body, body.kind, tenant.now);
      const input = { ...change, kind: body.kind, name: body.name };
      const now = services.essentials.clock.real();
      const ready =
        body.kind === 'saml'
          ? await withSigningKey(input, { origin: tenant.origin, now })
          : { input, secret: given ?? undefined };
      const { administration, overview } = providerChanging(request, services);
      const { id } = await createIdentityProvider(ready.input, ready.secret, administration);
      const record = await requireProviderRecord(id, overview);
      sendRevision(reply, record.revision);
      reply.header('location', `/api/v1/identity-providers/${id}`);
      return reply.code(201).send(identityProviderView(record, tenant.origin));
    },
  );
  registerOne(api, services);
  registerTest(api, services);
  registerLastTest(api);
}

function registerOne(api: AdminApi, services: Services): void {
  const schema = { ...TAGS, params: BY_ID };
  const answer = { response: { 200: IdentityProvider, default: PROBLEM_RESPONSE } };
  const url = '/identity-providers/:id';
  api.get(
    url,
    {
      schema: {
        ...schema,
        ...answer,
        operationId: 'getIdentityProvider',
        summary: 'Show an identity provider',
      },
    },
    async (request, reply) => {
      const { tenant } = adminCallOf(request);
      const record = await requireProviderRecord(idOf(request), tenant.storage.overview);
      sendRevision(reply, record.revision);
      return identityProviderView(record, tenant.origin);
    },
  );
  api.patch(
    url,
    {
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        ...{ ...schema, ...answer, operationId: 'updateIdentityProvider', body: IdentityProviderChange },
        summary: 'Change an identity provider; what is left out stays. Needs If-Match',
      },
    },
    async (request, reply) => {
      const { tenant } = adminCallOf(request);
      const changing = { ...providerChanging(request, services), ifRevision: readIfMatch(request) };
      const id = idOf(request);
      const { thing } = await requireProviderRecord(id, changing.overview);
      await changeIdentityProvider(
        id,
        toProviderChange(request.body, thing.settings.kind, tenant.now),
        changing,
      );
      const record = await requireProviderRecord(id, changing.overview);
      sendRevision(reply, record.revision);
      return identityProviderView(record, tenant.origin);
    },
  );
  api.delete(
    url,
    {
      schema: {
        ...{ ...schema, operationId: 'deleteIdentityProvider' },
        summary:
          'Delete an identity provider: what it opened ends, and who is who there is forgotten. Needs If-Match',
        response: { 204: Nothing, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const changing = { ...providerChanging(request, services), ifRevision: readIfMatch(request) };
      await deleteIdentityProvider(idOf(request), changing);
      return reply.code(204).send(null);
    },
  );
}

function registerTest(api: AdminApi, services: Services): void {
  api.post(
    '/identity-providers/:id/test',
    {
      schema: {
        ...{ ...TAGS, params: BY_ID, operationId: 'testIdentityProvider' },
        summary: 'Get an address that tries it, enabled or not, and signs nobody in',
        response: { 200: ProviderTest, default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const { environment, storage, origin, now } = adminCallOf(request).tenant;
      const { thing } = await requireProviderRecord(idOf(request), storage.overview);
      const { keyRing } = services.essentials;
      const ticket = mintTestTicket(environment.id, thing.id, { keyRing, now });
      return { url: `${origin}${PROVIDER_TEST_PAGE}?ticket=${ticket}` };
    },
  );
}

function registerLastTest(api: AdminApi): void {
  api.get(
    '/identity-providers/:id/last-test',
    {
      schema: {
        ...{ ...TAGS, params: BY_ID, operationId: 'getLastTest' },
        summary: 'Show what came of the last test, and why it was refused',
        response: { 200: LastTest, default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const { identityProviders } = adminCallOf(request).tenant.storage;
      const test = await identityProviders.lastTest(idOf(request));
      if (test === undefined) throw new AdminProblem('not-found', 'It was not tried yet.');
      return {
        ...{ at: iso(test.at), refusal: test.refusal },
        ...{ mapped: test.mapped.map(namedValues), received: test.received.map(namedValues) },
      };
    },
  );
}

const namedValues = ({ name, values }: NamedValues) => ({ name, values: [...values] });

/** @throws AdminProblem 404 */
function idOf({ params }: { readonly params: { readonly id: string } }): IdentityProviderId {
  const id = parseId<IdentityProviderId>(params.id);
  if (id === undefined) throw new AdminProblem('not-found', 'No such identity provider.');
  return id;
}

function providerChanging(
  request: Pick<FastifyRequest, 'adminCall'>,
  { essentials }: Services,
): ProviderChanging {
  const { environment, storage } = adminCallOf(request).tenant;
  const store = storage.identityProviders;
  const administration = { environmentId: environment.id, store, essentials };
  return { administration, overview: storage.overview };
}
