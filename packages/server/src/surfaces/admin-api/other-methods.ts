import type { FastifyInstance, HTTPMethods } from 'fastify';
import { AdminProblem } from './admin-problem.js';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Watches which routes are registered; then says at each address what it takes (RFC 9110 §15.5.6). `OPTIONS` is one of
 * those refused: no other origin may call.
 * @returns to be called when all routes are there
 */
export function refuseOtherMethods(app: FastifyInstance): () => void {
  const taken = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ method, url }) => {
    const methods = taken.get(url) ?? new Set<string>();
    for (const one of [method].flat()) methods.add(one);
    if (methods.has('GET')) methods.add('HEAD');
    taken.set(url, methods);
  });
  return () => {
    for (const [url, methods] of [...taken]) {
      const allow = [...methods].join(', ');
      app.route({
        method: METHODS.filter((method) => !methods.has(method)),
        url: url.slice(app.prefix.length),
        exposeHeadRoute: false,
        schema: { hide: true },
        config: { access: 'anybody' },
        handler: ({ method }) => {
          const detail = `${method} does nothing here; this address takes ${allow}.`;
          throw new AdminProblem('method-not-allowed', detail, { headers: { allow } });
        },
      });
    }
  };
}
