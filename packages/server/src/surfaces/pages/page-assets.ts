import { createHash } from 'node:crypto';
import { accentStylesheet, consentScript, stylesheet } from '@fluxo/ui';
import type { FastifyInstance, FastifyReply } from 'fastify';

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

const MAX_KNOWN_COLORS = 1000;
const knownColors = new Map<string, Asset>();

/** @param color `#rrggbb`, as an environment's settings have it */
export function accentStylesheetPath(color: string): string {
  const known = knownColors.get(color);
  if (known !== undefined) return known.path;
  if (knownColors.size >= MAX_KNOWN_COLORS) knownColors.clear();
  const made = accentAsset(color);
  knownColors.set(color, made);
  return made.path;
}

const accentAsset = (color: string): Asset =>
  asset(`accent-${color.slice(1)}`, 'css', accentStylesheet(color));

/** Nothing but the colour decides what is in it, so it is made for whoever asks and kept nowhere. */
function findAccentStylesheet(path: string): Asset | undefined {
  const [, digits] = /^\/assets\/accent-([0-9a-f]{6})-[0-9a-f]{12}\.css$/.exec(path) ?? [];
  if (digits === undefined) return undefined;
  const found = accentAsset(`#${digits}`);
  return found.path === path ? found : undefined;
}

export function registerAssets(app: FastifyInstance): void {
  for (const asset of [STYLESHEET, CONSENT_SCRIPT]) {
    app.get(asset.path, (_request, reply) => sendAsset(reply, asset));
  }
  app.get<{ Params: { name: string } }>('/assets/:name', (request, reply) => {
    const found = findAccentStylesheet(`/assets/${request.params.name}`);
    if (found === undefined) reply.callNotFound();
    else sendAsset(reply, found);
  });
  app.get('/favicon.ico', (_request, reply) =>
    reply.code(204).header('cache-control', 'public, max-age=86400').send(),
  );
}

const sendAsset = (reply: FastifyReply, { type, text }: Asset): FastifyReply =>
  reply.type(type).header('cache-control', 'public, max-age=31536000, immutable').send(text);
