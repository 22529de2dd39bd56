import { parseId, type ClientId, type Logo } from '@fluxo/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Services } from '../../services.js';
import { ORGANIZATION_LOGO } from './organization.js';
import { PageProblem } from './page-problem.js';
import { beginExchange } from './page-request.js';

/** Logos are our own PNG encodings, addressed by their content. */
export function registerLogos(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { clientId: string } }>('/applications/:clientId/logo', async (request, reply) => {
    const { tenant } = beginExchange(request, reply, services);
    const clientId = parseId<ClientId>(request.params.clientId);
    return sendLogo(reply, clientId && (await tenant.storage.applications.findLogo(clientId)));
  });
  app.get(ORGANIZATION_LOGO, async (request, reply) => {
    const { tenant } = beginExchange(request, reply, services);
    return sendLogo(reply, await services.storage.environments.findLogo(tenant.environment.id));
  });
}

function sendLogo(reply: FastifyReply, logo: Logo | undefined): FastifyReply {
  if (logo === undefined) throw new PageProblem({ kind: 'not-found' }, 404);
  return reply
    .type('image/png')
    .headers({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    })
    .send(Buffer.from(logo.png));
}
