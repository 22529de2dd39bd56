import { ParameterSet, parseFormEncoded, type SessionOrigin } from '@fluxo/core';
import type { FastifyRequest } from 'fastify';
import { readSessionCookie } from '../../http/cookies.js';
import { sessionsInHeaders } from '../../http/header-sessions.js';
import type { Tenant } from '../../http/tenant.js';
import type { Services } from '../../services.js';

export interface PresentedSession {
  readonly sessionId: string;
  readonly origin: SessionOrigin;
}

/**
 * The session that a request carries: `sessionID` header, `Authorization: Bearer` or `sessionID`, in some
 * environments the query; or the browser's cookie, for reads of our own pages. Two that differ are none:
 * whoever planted one of them must not decide which counts.
 */
export function readPresentedSession(
  request: FastifyRequest,
  tenant: Tenant,
  services: Services,
): PresentedSession | undefined {
  const cookie = isSameOriginRead(request, tenant) ? readSessionCookie(request, services.secure) : undefined;
  const inQuery = fromQuery(request, tenant);
  const inHeaders = sessionsInHeaders(request);
  const named = inQuery.length === 0 ? inHeaders : [...inHeaders, ...inQuery];
  const [sessionId = cookie] = named;
  const differs = (other: string): boolean => other !== sessionId;
  if (sessionId === undefined || named.some(differs) || (cookie !== undefined && differs(cookie)))
    return undefined;
  return { sessionId, origin: named.length > 0 ? 'application' : 'browser' };
}

function fromQuery(request: FastifyRequest, { environment }: Tenant): readonly string[] {
  if (!environment.settings.sessionIdInQuery) return [];
  const query = (request.raw.url ?? '').split('?')[1];
  if (query === undefined) return [];
  const sessionId = new ParameterSet(parseFormEncoded(query).parameters).get('sessionID');
  return sessionId === undefined ? [] : [sessionId];
}

/** A cookie comes along by itself, so the page that asks must be ours (tenants are same-site to each other). */
function isSameOriginRead({ method, headers }: FastifyRequest, { origin }: Tenant): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const site = headers['sec-fetch-site'];
  return site === undefined ? headers.origin === origin : site === 'same-origin';
}
