import {
  parseId,
  requireApplicationRecord,
  type ApplicationAdministration,
  type ApplicationChanging,
  type ApplicationRecord,
  type ClientId,
} from '@fluxo/core';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Services } from '../../services.js';
import { adminCallOf } from './admin-api.js';
import { AdminProblem } from './admin-problem.js';
import { Id } from './schemas/common.schema.js';

export const BY_CLIENT_ID = Type.Object({ client_id: Id('the application') });

interface OfApplication extends Pick<FastifyRequest, 'adminCall'> {
  readonly params: { readonly client_id: string };
}

/** @throws AdminProblem 404 */
export function clientIdOf({ params }: OfApplication): ClientId {
  const clientId = parseId<ClientId>(params.client_id);
  if (clientId === undefined) throw new AdminProblem('not-found', 'No such application.');
  return clientId;
}

export function applicationAdministration(
  request: Pick<FastifyRequest, 'adminCall'>,
  { essentials, hosts }: Services,
): ApplicationAdministration {
  const { environment, storage } = adminCallOf(request).tenant;
  const { isOwnHost } = hosts;
  return { environmentId: environment.id, store: storage.applications, essentials, isOwnHost };
}

export function applicationChanging(
  request: Pick<FastifyRequest, 'adminCall'>,
  services: Services,
): ApplicationChanging {
  const { overview } = adminCallOf(request).tenant.storage;
  return { administration: applicationAdministration(request, services), overview };
}

/** Of this environment, or as if it did not exist. @throws NotFoundError */
export function requireOwnApplication(
  request: OfApplication,
  services: Services,
): Promise<ApplicationRecord> {
  return requireApplicationRecord(clientIdOf(request), applicationChanging(request, services));
}
