import type { Acting, Environment } from '@fluxo/core';
import type { FastifyRequest } from 'fastify';
import type { Site } from '../hosts/host-directory.js';
import type { ServerEnvironmentStorage, Services } from '../services.js';
import type { Surface } from './observed.js';

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

/** What the activity log says of a change, by the surface that it came through. */
const ACTING: Readonly<Partial<Record<Surface, Acting>>> = {
  pages: { via: 'page' },
  oauth: { via: 'protocol' },
  objects: { via: 'protocol' },
};

/** @param acting what the activity log says of the changes that the request makes */
export function toTenant(
  environment: Environment,
  origin: string,
  ...[services, acting]: readonly [services: Services, acting?: Acting | undefined]
): Tenant {
  return {
    environment,
    origin,
    storage: services.storage.forEnvironment(environment.id, acting),
    now: services.essentials.clock.now(environment.id),
  };
}

/** The environment of the request's host; undefined on a host that names none. */
export function tenantOf(request: FastifyRequest, services: Services): Tenant | undefined {
  const { site } = request;
  if (site?.kind !== 'environment') return undefined;
  return toTenant(site.environment, site.origin, services, actingOf(request));
}

export function actingOf({ observed }: FastifyRequest): Acting | undefined {
  const { surface } = observed.route;
  return surface && ACTING[surface];
}
