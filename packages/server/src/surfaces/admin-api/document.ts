import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { readVersion } from '../../version.js';
import { sendReference, type ReferenceDocument } from './reference-page.js';
import { REFERENCE_STYLE, REFERENCE_STYLE_FILE } from './reference-style.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

const DESCRIPTION = `What administrators, their scripts and operators manage. Answers are JSON, times ISO 8601 in UTC,
faults application/problem+json (RFC 9457). Lists are read page by page: limit, cursor, next_cursor. A change or an end
of an application, a user, the environment or an identity provider needs If-Match with the ETag of what was read.`;

const SECURITY_SCHEMES = {
  browserSession: {
    ...({ type: 'apiKey', in: 'cookie', name: '__Host-fluxo-session' } as const),
    description: 'An administrator’s browser (fluxo-session over http). Changes also need the CSRF token.',
  },
  csrfToken: {
    ...({ type: 'apiKey', in: 'header', name: 'X-CSRF-Token' } as const),
    description: 'csrf_token of GET /api/v1/me; only from a page of the same origin.',
  },
  applicationSession: {
    ...({ type: 'http', scheme: 'bearer' } as const),
    description: 'The session of a machine application that has admin_api. Also in a sessionID header.',
  },
  operatorKey: { ...({ type: 'http', scheme: 'bearer' } as const), description: 'fluxo operator-key create' },
};

/** OpenAPI 3.1, made of the very schemas by which requests are judged and answers are written. */
export async function registerDocument(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Fluxo administration', version: readVersion(), description: DESCRIPTION },
      servers: [{ url: '/' }],
      components: { securitySchemes: SECURITY_SCHEMES },
      security: [{ browserSession: [], csrfToken: [] }, { applicationSession: [] }],
    },
  });
  let document: JsonObject | undefined;
  const made = (): JsonObject => (document ??= withNamedSchemas(app.swagger() as unknown as JsonObject));
  const options = { schema: { hide: true }, config: { access: 'anybody' } } as const;
  app.get('/openapi.json', options, (_request, reply) => reply.type('application/json').send(made()));
  app.get('/docs', options, (_request, reply) =>
    sendReference(made() as unknown as ReferenceDocument, reply),
  );
  app.get(REFERENCE_STYLE_FILE, options, (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(REFERENCE_STYLE),
  );
}

/** Schemas with a title stand once, under their name, so that a generated client has types by these names. */
function withNamedSchemas(document: JsonObject): JsonObject {
  const named = new Map<string, Json>();
  const walk = (value: Json, isRoot = false): Json => {
    if (Array.isArray(value)) return value.map((one: Json) => walk(one));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value as JsonObject).map(([name, one]) => [name, walk(one)] as const);
    const walked: JsonObject = Object.fromEntries(entries);
    const { title, type } = walked;
    if (isRoot || typeof title !== 'string' || type !== 'object') return walked;
    named.set(title, walked);
    return { $ref: `#/components/schemas/${title}` };
  };
  const walked = walk(document, true) as JsonObject;
  const components = walked['components'] as JsonObject;
  return { ...walked, components: { ...components, schemas: Object.fromEntries([...named].sort()) } };
}
