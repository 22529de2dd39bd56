import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { JWT_GRANT_TYPE } from '@fluxo/core';
import type { Metrics } from '../metrics/metrics.js';

/** What a surface notes of a request, to be counted when it is answered. All values are from our own code. */
export interface Observed {
  /** What is known of the route that answers. */
  readonly route: FastifyRequest['routeOptions']['config'];
  /** The check that refused the request. */
  check?: string;
  tokenRequest?: { grantType: GrantTypeLabel; outcome: string };
  signIn?: string;
  /** Another application answers it, logs it and counts it. */
  handedOn?: boolean;
}

type GrantTypeLabel = 'authorization_code' | 'refresh_token' | 'jwt' | 'other';
export type Surface = 'operations' | 'oauth' | 'objects' | 'pages' | 'admin' | 'console';

declare module 'fastify' {
  interface FastifyRequest {
    observed: Observed;
  }
  interface FastifyContextConfig {
    surface?: Surface;
  }
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Asked of the framework once: it puts all that it knows of a route together each time. */
export function observe({ routeOptions: { config } }: Pick<FastifyRequest, 'routeOptions'>): Observed {
  return { route: config };
}

/** Counts each answer, with what its surface noted. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (request.observed.handedOn !== true) count(request, reply, metrics);
    done();
  });
}

/** A surface's routes know whose they are. */
export function inSurface<Options extends object>(
  surface: Surface,
  plugin: FastifyPluginAsync<Options>,
): FastifyPluginAsync<Options> {
  return async (app, options) => {
    app.addHook('onRoute', (route) => {
      route.config = { ...route.config, surface };
    });
    await plugin(app, options);
  };
}

/** Of what a client sent only what we know becomes a label. */
export function grantTypeLabel(grantType: string | undefined): GrantTypeLabel {
  if (grantType === JWT_GRANT_TYPE) return 'jwt';
  return grantType === 'authorization_code' || grantType === 'refresh_token' ? grantType : 'other';
}

function count(request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  const { route, check, tokenRequest, signIn } = request.observed;
  metrics.answers.add(route, {
    method: METHODS.has(request.method) ? request.method : 'other',
    status: reply.statusCode,
    seconds: reply.elapsedTime / 1000,
  });
  if (check !== undefined) metrics.refusals.inc({ surface: route.surface ?? 'none', check });
  if (tokenRequest !== undefined) metrics.tokens.add(tokenRequest.grantType, tokenRequest.outcome);
  if (signIn !== undefined) metrics.signIns.inc({ outcome: signIn });
}
