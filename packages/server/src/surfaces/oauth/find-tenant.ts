import { clientRefused, parseId, readClientCredentials, type ClientId, type ParameterSet } from '@fluxo/core';
import type { FastifyRequest } from 'fastify';
import { actingOf, tenantOf, toTenant, type Tenant } from '../../http/tenant.js';
import type { Services } from '../../services.js';

/**
 * The environment of the host, or, on the host that names none, that of the application which calls.
 * @throws OAuthError `invalid_client` when no application of that lane has the identifier
 */
export async function findTenantByClient(
  request: FastifyRequest,
  parameters: ParameterSet | undefined,
  services: Services,
): Promise<Tenant> {
  const tenant = tenantOf(request, services);
  if (tenant !== undefined) return tenant;
  const lane = request.site?.kind === 'by-client' ? request.site.lane : '';
  const { candidates } = readClientCredentials({
    authorization: request.headers.authorization,
    parameters: parameters ?? new Map<string, string>(),
  });
  for (const candidate of candidates) {
    const clientId = parseId<ClientId>(candidate.clientId);
    const found = clientId && (await services.storage.environments.findByClientId(lane, clientId));
    if (found) return toTenant(found, services.hosts.originOf(found), services, actingOf(request));
  }
  throw clientRefused(candidates, { check: 'client-known-in-lane' });
}
