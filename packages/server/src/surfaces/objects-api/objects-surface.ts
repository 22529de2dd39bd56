import { UnavailableError, useSession, type LiveSession } from '@fluxo/core';
import { ObjectRequestError, searchProjects, showOneProject } from '@fluxo/objects';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isClientFault } from '../../http/build-app.js';
import { allowCrossOrigin } from '../../http/cross-origin.js';
import { tenantOf, type Tenant } from '../../http/tenant.js';
import type { Services } from '../../services.js';
import { readObjectQuery } from './object-query.js';
import { readPresentedSession } from './presented-session.js';

const VERSION = /^v\d{1,3}\.\d{1,3}$/;
const CROSS_ORIGIN = { methods: 'GET', headers: 'authorization, content-type, sessionid' };

/** Without a live session. The text is the dialect's, to the letter. */
class NotLoggedInError extends Error {}

/** `/attask/api/…`: what an application's session is for. */
export function objectsSurface(services: Services) {
  // eslint-disable-next-line @typescript-eslint/require-await -- a Fastify plugin is a promise
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(sendObjectError);
    app.setNotFoundHandler((request, reply) =>
      sendObjectError(
        new ObjectRequestError('not-found', 'There is no such object or action.'),
        request,
        reply,
      ),
    );
    app.get('/:version/proj/search', async (request, reply) => {
      const { tenant, parameters } = await enter(request, reply, services);
      return { data: await searchProjects(parameters, tenant.storage.projects) };
    });
    app.get<{ Params: { id: string } }>('/:version/proj/:id', async (request, reply) => {
      const { tenant, parameters } = await enter(request, reply, services);
      return { data: await showOneProject(request.params.id, parameters, tenant.storage.projects) };
    });
    app.options('/*', async (request, reply) => {
      const tenant = requireTenant(request, services);
      await allowCrossOrigin({ request, reply, tenant }, CROSS_ORIGIN);
      return reply.header('allow', 'GET').code(204).send();
    });
  };
}

/** Proves the session before anything else is looked at. */
async function enter(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
): Promise<{ readonly tenant: Tenant; readonly parameters: ReadonlyMap<string, string> }> {
  const tenant = requireTenant(request, services);
  await allowCrossOrigin({ request, reply, tenant }, CROSS_ORIGIN);
  const session = await findCaller(request, tenant, services);
  if (session === undefined) throw new NotLoggedInError();
  const { version } = request.params as { version: string };
  if (!VERSION.test(version)) {
    throw new ObjectRequestError(
      'not-found',
      `"${version.slice(0, 16)}" is not an API version; write v14.0, for example.`,
    );
  }
  return { tenant, parameters: readObjectQuery(request.raw.url ?? '') };
}

function findCaller(
  request: FastifyRequest,
  tenant: Tenant,
  services: Services,
): Promise<LiveSession | undefined> | undefined {
  const presented = readPresentedSession(request, tenant, services);
  if (presented === undefined) return undefined;
  const { environment, now, storage } = tenant;
  const context = { environment, sessions: storage.sessions, usage: services.usage, now };
  return useSession(presented.sessionId, presented.origin, context);
}

function requireTenant(request: FastifyRequest, services: Services): Tenant {
  const tenant = tenantOf(request, services);
  if (tenant === undefined) throw new ObjectRequestError('not-found', 'This host names no organization.');
  return tenant;
}

/** Decides what a caller of the object API hears of a fault. */
function sendObjectError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const send = (status: number, errorClass: string, message: string): FastifyReply =>
    reply.code(status).send({ error: { class: errorClass, message, requestId: request.id } });
  if (error instanceof NotLoggedInError) {
    request.observed.check = 'session-live';
    reply.header('www-authenticate', 'Bearer error="invalid_token"');
    return send(401, 'com.attask.common.AuthenticationException', 'You are not currently logged in.');
  }
  if (error instanceof ObjectRequestError) return send(error.status, error.errorClass, error.message);
  if (error instanceof UnavailableError) {
    reply.header('retry-after', error.retryAfterSeconds);
    return send(503, 'com.attask.common.UnavailableException', 'The server is busy; try again.');
  }
  if (isClientFault(error)) {
    return send(
      error.statusCode,
      'com.attask.common.InvalidParameterException',
      'The request could not be read.',
    );
  }
  request.log.error({ err: error }, 'request failed');
  return send(500, 'com.attask.common.InternalException', 'Something went wrong on our side.');
}
