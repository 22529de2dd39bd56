import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from './tenant.js';

export interface CrossOriginRules {
  readonly methods: string;
  readonly headers: string;
}

const PREFLIGHT_SECONDS = 600;

/**
 * Lets the browser apps of this environment call across origins: exactly the origins on which an enabled
 * `spa` application has a redirect URL. Never with cookies. A preflight names no client, so the origin is
 * all there is to go by.
 */
export async function allowCrossOrigin(
  parties: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly tenant: Tenant },
  rules: CrossOriginRules,
): Promise<void> {
  const { request, reply, tenant } = parties;
  reply.header('vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !/^https?:\/\//.test(origin)) return;
  if (!(await tenant.storage.applications.isSpaOrigin(origin))) return;
  reply.header('access-control-allow-origin', origin);
  reply.header('access-control-expose-headers', 'x-request-id, retry-after, www-authenticate');
  if (request.method !== 'OPTIONS') return;
  reply.header('access-control-allow-methods', rules.methods);
  reply.header('access-control-allow-headers', rules.headers);
  reply.header('access-control-max-age', PREFLIGHT_SECONDS);
}
