import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BodyError } from '../../http/body.js';
import { AdminProblem } from './admin-problem.js';

/** Twenty long redirect URLs, or four certificates. */
const JSON_LIMIT_BYTES = 64 * 1024;
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp'];
const JSON_TYPES: readonly string[] = ['application/json'];

/** Made once: it keeps nothing from one body to the next. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** JSON, and pictures where a route says so; never a form, which any page can send anywhere. */
export function takeBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = textOf(body as Buffer);
    if (text === undefined) done(new BodyError('The body is not valid UTF-8.'));
    else void parseJson(request, text, done);
  });
  app.addContentTypeParser(IMAGE_TYPES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRoute', (route) => {
    route.bodyLimit ??= JSON_LIMIT_BYTES;
  });
  app.addHook('preParsing', async (request) => refuseOtherTypes(request));
}

/** @throws AdminProblem 415, before a byte of it is read */
// eslint-disable-next-line @typescript-eslint/require-await -- a hook is a promise
async function refuseOtherTypes({ headers, routeOptions, is404 }: FastifyRequest): Promise<void> {
  const given = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (is404 || !hasBody) return;
  const taken = routeOptions.schema?.consumes ?? JSON_TYPES;
  if (given !== undefined && taken.includes(given)) return;
  const why = taken === JSON_TYPES ? '' : ': other pictures, SVG above all, can carry scripts';
  throw new AdminProblem('unsupported-media-type', `Send ${taken.join(' or ')}${why}.`);
}

function textOf(body: Buffer): string | undefined {
  try {
    return UTF8.decode(body);
  } catch {
    return undefined;
  }
}
