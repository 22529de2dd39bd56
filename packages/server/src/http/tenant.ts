import type { Environment } from '@fluxo/core';
import type { FastifyRequest } from 'fastify';
import type { Site } from '../hosts/host-directory.js';
import type { ServerEnvironmentStorage, Services } from '../services.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the host name means; undefined where any host may ask (health). */
    site: Site | undefined;
  }
}

/** One environment as a request meets it. */
export interface Tenant {
  readonly environment: Environment;
  readonly origin: string;
  readonly storage: ServerEnvironmentStorage;
  /** Epoch milliseconds, read once: a request has one moment. */
  readonly now: number;
}

export function toTenant(environment: Environment, origin: string, services: Services): Tenant {
  return {
    environment,
    origin,
    storage: services.storage.forEnvironment(environment.id),
    now: services.essentials.clock.now(environment.id),
  };
}

/** The environment of the request's host; undefined on a host that names none. */
export function tenantOf(request: FastifyRequest, services: Services): Tenant | undefined {
  const { site } = request;
  return site?.kind === 'environment' ? toTenant(site.environment, site.origin, services) : undefined;
}
