import { createHash } from 'node:crypto';
import { consentScript, stylesheet } from '@fluxo/ui';
import type { FastifyInstance } from 'fastify';

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

function asset(name: string, extension: 'css' | 'js', text: string): Asset {
  const version = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const type = extension === 'css' ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
  return { path: `/assets/${name}-${version}.${extension}`, type, text };
}

const STYLESHEET = asset('fluxo', 'css', stylesheet);
const CONSENT_SCRIPT = asset('consent', 'js', consentScript);

/** Named by their content: a browser may keep them forever, and a new release has new names. */
export const ASSET_PATHS = { stylesheetPath: STYLESHEET.path, consentScriptPath: CONSENT_SCRIPT.path };

export function registerAssets(app: FastifyInstance): void {
  for (const { path, type, text } of [STYLESHEET, CONSENT_SCRIPT]) {
    app.get(path, (_request, reply) =>
      reply.type(type).header('cache-control', 'public, max-age=31536000, immutable').send(text),
    );
  }
  app.get('/favicon.ico', (_request, reply) =>
    reply.code(204).header('cache-control', 'public, max-age=86400').send(),
  );
}
