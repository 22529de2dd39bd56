import type { FastifyInstance } from 'fastify';
import type { Crew } from './crew.js';

/** Health of all workers together; main ports answer for the one worker that is asked. */
export function crewHealth(crew: Crew) {
  // eslint-disable-next-line @typescript-eslint/require-await -- a Fastify plugin is a promise
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/health/live', { logLevel: 'silent' }, () => ({ status: 'live' }));
    app.get('/health/ready', { logLevel: 'silent' }, async (_request, reply) => {
      const { members, size } = crew;
      const asked = await Promise.all(members.map((member) => member.ask('ready')));
      const workers = { ready: asked.filter(Boolean).length, of: size };
      if (crew.isStopping()) return reply.code(503).send({ status: 'stopping', workers });
      if (workers.ready > 0) return { status: 'ready', workers };
      const status = members.some(({ isListening }) => isListening) ? 'database away' : 'starting';
      return reply.code(503).header('retry-after', '1').send({ status, workers });
    });
  };
}
