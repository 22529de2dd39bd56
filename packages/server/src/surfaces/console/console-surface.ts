import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Services } from '../../services.js';
import { ASSET_PATHS } from '../pages/page-assets.js';
import { openPageFlow } from '../pages/page-flow.js';
import { PageProblem, sendPageError } from '../pages/page-problem.js';
import { beginExchange, currentSession, type PageExchange } from '../pages/page-request.js';
import { redirectAlias } from '../pages/pages-surface.js';
import { sendSignIn } from '../pages/sign-in.route.js';
import { ConsoleFiles } from './console-files.js';

/** `/console`: one page and its files, for administrators. What it shows comes from the API. */
export function consoleSurface(services: Services) {
  // eslint-disable-next-line @typescript-eslint/require-await -- a Fastify plugin is a promise
  return async (app: FastifyInstance): Promise<void> => {
    const files = new ConsoleFiles();
    app.setErrorHandler(sendPageError);
    app.addHook('onRequest', async (request, reply) => redirectAlias(request, reply));
    app.get<{ Params: { name: string } }>('/console/assets/:name', async (request, reply) => {
      const asset = await files.asset(request.params.name);
      if (asset === undefined) throw new PageProblem({ kind: 'not-found' }, 404);
      const isGzip = /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '');
      if (isGzip) reply.header('content-encoding', 'gzip');
      return reply
        .type(asset.type)
        .headers({
          // Named by their content: a browser may keep them forever, and a new release has new names.
          'cache-control': 'public, max-age=31536000, immutable',
          'cross-origin-resource-policy': 'same-origin',
          vary: 'Accept-Encoding',
        })
        .send(isGzip ? asset.gzipped : asset.plain);
    });
    // The paths behind it are the console's own, and it knows which of them there are.
    for (const path of ['/console', '/console/*']) {
      app.get(path, async (request, reply) => showConsole(beginExchange(request, reply, services), files));
    }
  };
}

/** Only the cookie of an administrator's browser session opens it (docs/adr/0005-session-origins.md). */
async function showConsole(exchange: PageExchange, files: ConsoleFiles): Promise<FastifyReply> {
  const session = await currentSession(exchange);
  if (session === undefined) {
    return sendSignIn(exchange, await openPageFlow(exchange, '/console'), 'redirect');
  }
  if (!session.evidence.user.administrator) throw new PageProblem({ kind: 'administrators-only' }, 403);
  return sendConsole(exchange, files.index());
}

function sendConsole({ reply, services }: PageExchange, index: string): FastifyReply {
  const nonce = Buffer.from(services.essentials.random.bytes(16)).toString('base64url');
  const html = index
    .replaceAll('__FLUXO_NONCE__', nonce)
    .replaceAll('__FLUXO_PAGES_STYLESHEET__', ASSET_PATHS.stylesheetPath);
  return reply
    .headers({
      'content-security-policy': contentSecurityPolicy(nonce),
      // For browsers that don't know frame-ancestors.
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
      vary: 'Cookie',
    })
    .type('text/html; charset=utf-8')
    .send(html);
}

/** Scripts are files of ours alone. Mantine writes its theme and its breakpoints as styles, which carry the nonce. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
