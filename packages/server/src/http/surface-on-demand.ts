import type { FastifyInstance } from 'fastify';

/**
 * A surface that most servers are hardly ever asked for: an application of its own, loaded and made for the first request
 * to it. The request is handed on as it came, its body unread; only there it is logged, counted and answered.
 */
export function surfaceOnDemand(load: () => Promise<FastifyInstance>) {
  // eslint-disable-next-line @typescript-eslint/require-await -- a Fastify plugin is a promise
  return async (front: FastifyInstance): Promise<void> => {
    front.removeAllContentTypeParsers();
    front.addContentTypeParser('*', (_request, _body, done) => {
      done(null);
    });
    // Without a route: whatever is asked under the prefix, in whatever way.
    front.setNotFoundHandler(async (request, reply) => {
      const app = await load();
      request.observed.handedOn = true;
      reply.hijack();
      app.routing(request.raw, reply.raw);
    });
  };
}
