import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.js';

/** Health, on any host: a load balancer asks by address. */
export function operationsSurface(services: Pick<Services, 'storage' | 'isStopping'>) {
  // eslint-disable-next-line @typescript-eslint/require-await -- a Fastify plugin is a promise
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/health/live', { logLevel: 'silent' }, () => ({ status: 'live' }));
    app.get('/health/ready', { logLevel: 'silent' }, async (_request, reply) => {
      if (services.isStopping()) return reply.code(503).send({ status: 'stopping' });
      try {
        await services.storage.ping();
        return { status: 'ready' };
      } catch {
        return reply.code(503).header('retry-after', '1').send({ status: 'database away' });
      }
    });
  };
}
