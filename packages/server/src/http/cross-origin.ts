import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from './tenant.js';

export interface CrossOriginRules {
  readonly methods: string;
  readonly headers: string;
}

interface Parties {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly tenant: Tenant;
}

const PREFLIGHT_SECONDS = 600;

/**
 * Lets the browser apps of this environment call across origins: exactly the origins on which an enabled
 * `spa` application has a redirect URL. Never with cookies. A preflight names no client, so the origin is
 * all there is to go by.
 */
export function allowCrossOrigin(parties: Parties, rules: CrossOriginRules): Promise<void> | undefined {
  parties.reply.header('vary', 'Origin');
  const { origin } = parties.request.headers;
  if (origin === undefined || !/^https?:\/\//.test(origin)) return undefined;
  return allowOrigin(origin, parties, rules);
}

async function allowOrigin(
  origin: string,
  { request, reply, tenant }: Parties,
  rules: CrossOriginRules,
): Promise<void> {
  if (!(await tenant.storage.applications.isSpaOrigin(origin))) return;
  reply.header('access-control-allow-origin', origin);
  reply.header('access-control-expose-headers', 'x-request-id, retry-after, www-authenticate');
  if (request.method !== 'OPTIONS') return;
  reply.header('access-control-allow-methods', rules.methods);
  reply.header('access-control-allow-headers', rules.headers);
  reply.header('access-control-max-age', PREFLIGHT_SECONDS);
}
