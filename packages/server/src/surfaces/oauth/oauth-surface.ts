import {
  answerJwtExchange,
  answerTokenRequest,
  introspect,
  OAuthError,
  parseFormEncoded,
  revoke,
  type ClientRequest,
  type EndpointFamily,
  type ParameterSet,
  type TokenContext,
} from '@fluxo/core';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { readFormOrJson, takeRawBodies } from '../../http/body.js';
import { allowCrossOrigin } from '../../http/cross-origin.js';
import { grantTypeLabel } from '../../http/observed.js';
import { tenantOf, type Tenant } from '../../http/tenant.js';
import type { Services } from '../../services.js';
import { findTenantByClient } from './find-tenant.js';
import { registerMetadata } from './metadata.route.js';
import { noteClientRefused } from './note-refusal.js';
import { sendOAuthError } from './oauth-errors.js';
import { writeTokens } from './write-tokens.js';

/** What an endpoint does once the request is read. */
type Endpoint = (request: ClientRequest, context: TokenContext) => Promise<object>;

interface EndpointRoute {
  readonly url: string;
  readonly family: EndpointFamily;
  readonly answer: Endpoint;
  /** Its answer as JSON; undefined: as usual. */
  readonly write?: (answer: never) => string;
  /** Whether browser apps may call it from their own origin. */
  readonly crossOrigin: boolean;
}

const DIALECT = '/integrations/oauth2/api/v1';
const STANDARD = '/oauth2';

/** What it says is to be ignored (RFC 7009 §2.2); but there are clients that read JSON, or fail. */
const revokeQuietly: Endpoint = async (request, context) => {
  await revoke(request, context);
  return {};
};

/** Two families of endpoints, one engine: what one gave out works at the other. */
const ROUTES: readonly EndpointRoute[] = (
  [
    [DIALECT, 'dialect'],
    [STANDARD, 'standard'],
  ] as const
).flatMap(([prefix, family]) => [
  { url: `${prefix}/token`, family, answer: answerTokenRequest, write: writeTokens, crossOrigin: true },
  { url: `${prefix}/revoke`, family, answer: revokeQuietly, crossOrigin: true },
  { url: `${prefix}/introspect`, family, answer: introspect, crossOrigin: false },
]);

/** The standard has a grant type for it. A private key is nothing for a browser. */
const JWT_EXCHANGE: EndpointRoute = {
  ...{ url: `${DIALECT}/jwt/exchange`, family: 'dialect', crossOrigin: false },
  ...{ answer: answerJwtExchange, write: writeTokens },
};

const CROSS_ORIGIN = { methods: 'POST', headers: 'authorization, content-type' };
const OTHER_METHODS = ['GET', 'PUT', 'PATCH', 'DELETE'];

/** The endpoints that only applications call. */
export function oauthSurface(services: Services) {
  // eslint-disable-next-line @typescript-eslint/require-await -- a Fastify plugin is a promise
  return async (app: FastifyInstance): Promise<void> => {
    takeRawBodies(app);
    for (const route of [...ROUTES, JWT_EXCHANGE]) registerEndpoint(app, route, services);
    registerMetadata(app, services);
  };
}

function registerEndpoint(app: FastifyInstance, route: EndpointRoute, services: Services): void {
  const { url, family, answer, write } = route;
  const errorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply): void =>
    void sendOAuthError(error, family, { request, reply });
  const allow = (request: FastifyRequest, reply: FastifyReply, tenant: Tenant): Promise<void> | undefined =>
    route.crossOrigin ? allowCrossOrigin({ request, reply, tenant }, CROSS_ORIGIN) : undefined;
  app.post(url, {
    errorHandler,
    ...(write && serialized(write)),
    handler: async (request, reply) => {
      const own = tenantOf(request, services);
      noteTokenRequest(request, route);
      // Where the host tells, before anything can be refused: a browser app must be able to read why.
      if (own !== undefined) await allow(request, reply, own);
      const parameters = readParameters(request);
      noteTokenRequest(request, route, parameters);
      const tenant = own ?? (await findTenantByClient(request, parameters, services));
      if (own === undefined) await allow(request, reply, tenant);
      const { authorization } = request.headers;
      const sources: ClientRequest = { family, authorization, parameters };
      try {
        const body = await answer(sources, tokenContext(tenant, services));
        // RFC 6749 §5.1.
        reply.header('pragma', 'no-cache');
        return body;
      } catch (error) {
        noteClientRefused(error, { sources, endpoint: url, tenant }, services);
        throw error;
      }
    },
  });
  app.route({
    method: OTHER_METHODS,
    url,
    errorHandler,
    exposeHeadRoute: false,
    handler: (request, reply) => {
      const refusal = new OAuthError('invalid_request', 'This endpoint takes POST only.', {
        check: 'method',
      });
      return sendOAuthError(refusal, family, { request, reply: reply.header('allow', 'POST'), status: 405 });
    },
  });
  app.options(url, async (request, reply) => {
    const { site } = request;
    if (route.crossOrigin && site?.kind === 'environment') {
      const tenant = await findTenantByClient(request, undefined, services);
      await allowCrossOrigin({ request, reply, tenant }, CROSS_ORIGIN);
    }
    return reply.header('allow', 'POST').code(204).send();
  });
}

/** Any schema will do: what is promised of an answer is in its type. */
function serialized(write: (answer: never) => string): Pick<RouteOptions, 'schema' | 'serializerCompiler'> {
  return {
    schema: { response: { 200: {} } },
    serializerCompiler: () => write as (answer: unknown) => string,
  };
}

/** @param parameters undefined: not read yet */
function noteTokenRequest(
  { observed }: FastifyRequest,
  { answer }: EndpointRoute,
  parameters?: ParameterSet,
): void {
  if (answer === answerJwtExchange) observed.tokenRequest = { grantType: 'jwt', outcome: 'issued' };
  if (answer !== answerTokenRequest) return;
  observed.tokenRequest = { grantType: grantTypeLabel(parameters?.get('grant_type')), outcome: 'issued' };
}

/** Written out: to spread objects takes as long as a digest. */
function tokenContext({ environment, origin, storage, now }: Tenant, services: Services): TokenContext {
  return {
    environment,
    issuer: origin,
    essentials: services.essentials,
    applications: storage.applications,
    grants: storage.grants,
    sessions: storage.sessions,
    usage: services.usage,
    jwtVerifier: services.jwtVerifier,
    now,
  };
}

/** @throws BodyError, OAuthError */
function readParameters(request: FastifyRequest): ParameterSet {
  refuseQuery(request.raw.url ?? '');
  const parameters = readFormOrJson(request.body, request.headers['content-type']);
  const repeated = parameters.firstRepeated();
  if (repeated !== undefined) {
    throw new OAuthError(
      'invalid_request',
      `The parameter ${repeated.slice(0, 64)} was sent more than once.`,
      {
        check: 'no-repeats',
      },
    );
  }
  return parameters;
}

const PRIVATE_PARAMETERS: ReadonlySet<string> = new Set([
  'assertion',
  'client_id',
  'client_secret',
  'code',
  'code_verifier',
  'grant_type',
  'jwt_token',
  'redirect_uri',
  'refresh_token',
  'token',
]);

/** What belongs into the body must not be in the URL, which others log (RFC 6749 §2.3.1, OAuth 2.1 §3.2). */
function refuseQuery(url: string): void {
  const mark = url.indexOf('?');
  if (mark < 0) return;
  const found = parseFormEncoded(url.slice(mark + 1)).parameters.find(({ name }) =>
    PRIVATE_PARAMETERS.has(name),
  );
  if (found === undefined) return;
  throw new OAuthError(
    'invalid_request',
    `The parameter ${found.name} belongs into the body, never into the URL.`,
    {
      check: 'nothing-private-in-the-url',
    },
  );
}
