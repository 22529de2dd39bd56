import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Services } from '../../services.js';
import { admitAdministrator, type AdminCall } from './admin-call.js';
import { admitOperator } from './operator-call.js';

/** Whoever a route lets in; a route that says nothing is for administrators alone. */
export type Access = 'administrator' | 'operator' | 'anybody';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    adminCall: AdminCall | undefined;
  }
}

/** Fastify, with the types of a request from its schemas. */
export type AdminApi = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** Before a body is read: who may not is told so without a look at what they sent. */
export function guardRoutes(app: FastifyInstance, services: Services): void {
  app.decorateRequest('adminCall', undefined);
  app.addHook('onRequest', async (request) => {
    const { access = 'administrator' } = request.routeOptions.config;
    if (request.is404 || access === 'anybody') return;
    if (access === 'operator') await admitOperator(request, services);
    else request.adminCall = await admitAdministrator(request, services);
  });
}

/** Who calls, on a route for administrators. */
export function adminCallOf({ adminCall }: Pick<FastifyRequest, 'adminCall'>): AdminCall {
  if (adminCall === undefined) throw new Error('This route lets in others than administrators.');
  return adminCall;
}
