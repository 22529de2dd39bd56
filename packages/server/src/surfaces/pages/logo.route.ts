import { parseId, type ClientId } from '@fluxo/core';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.js';
import { PageProblem } from './page-problem.js';
import { beginExchange } from './page-request.js';

/** Logos are our own PNG encodings, addressed by their content. */
export function registerLogos(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { clientId: string } }>('/applications/:clientId/logo', async (request, reply) => {
    const { tenant } = beginExchange(request, reply, services);
    const clientId = parseId<ClientId>(request.params.clientId);
    const logo = clientId && (await tenant.storage.applications.findLogo(clientId));
    if (!logo) throw new PageProblem({ kind: 'not-found' }, 404);
    return reply
      .type('image/png')
      .headers({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
      })
      .send(Buffer.from(logo.png));
  });
}
