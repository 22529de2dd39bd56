import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** What can be scraped: one server, or all workers together. */
export interface Scraped {
  readonly contentType: string;
  text(): Promise<string>;
}

/** For the operations port alone. */
export function registerMetrics(app: FastifyInstance, metrics: Scraped): void {
  app.get('/metrics', { logLevel: 'silent' }, async (request, reply) => {
    // A page in a browser on this machine may have bound its own name to 127.0.0.1 (DNS rebinding).
    if (!isLocalName(request.hostname)) return reply.code(404).send({ error: 'not_found' });
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}

function isLocalName(hostname: string): boolean {
  return hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}
