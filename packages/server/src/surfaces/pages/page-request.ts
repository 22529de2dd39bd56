import type { AuthorizeContext, LiveSession, ParameterSet } from '@fluxo/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readForm } from '../../http/body.js';
import { browserSession } from '../../http/browser-session.js';
import { isSameOrigin } from '../../http/same-origin.js';
import { tenantOf, type Tenant } from '../../http/tenant.js';
import type { Services } from '../../services.js';
import { PageProblem } from './page-problem.js';

/** One request at a page: who, where, with what. */
export interface PageExchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly tenant: Tenant;
  readonly services: Services;
}

/** @throws PageProblem on a host that names no organization */
export function beginExchange(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
): PageExchange {
  const tenant = tenantOf(request, services);
  if (tenant === undefined) throw new PageProblem({ kind: 'not-found' }, 404);
  return { request, reply, tenant, services };
}

/** What core's authorization needs of this request. */
export function authorizeContext({ tenant, services }: PageExchange): AuthorizeContext {
  const { environment, origin, storage } = tenant;
  const { applications, flows, grants, throttle } = storage;
  const { essentials } = services;
  return { environment, issuer: origin, essentials, applications, flows, grants, throttle };
}

/** Only its cookie opens our pages: an application's session is not even looked at. */
export function currentSession({
  request,
  tenant,
  services,
}: PageExchange): Promise<LiveSession | undefined> {
  return browserSession(request, tenant, services);
}

/**
 * The form of one of our own pages. Cookies come along with anybody's form, and other tenants are even
 * same-site, so the browser must say that the form is from this very origin.
 * @throws PageProblem 403
 */
export function readOwnForm({ request, tenant }: PageExchange): ParameterSet {
  if (!isSameOrigin(request, tenant.origin)) throw new PageProblem({ kind: 'request-refused' }, 403);
  const form = readForm(request.body, request.headers['content-type']);
  if (form.firstRepeated() !== undefined) throw new PageProblem({ kind: 'bad-request' }, 400);
  return form;
}

/** How long a client should wait, in whole seconds. */
function secondsUntil(retryAt: number, { now }: Pick<Tenant, 'now'>): number {
  return Math.max(1, Math.ceil((retryAt - now) / 1000));
}

/** A redirect's status: after a form the next request is a GET (RFC 9700 §4.12). */
export const redirectStatus = ({ request }: Pick<PageExchange, 'request'>): 302 | 303 =>
  request.method === 'POST' ? 303 : 302;

/** What a page of ours says of too many attempts. @param refused what, for the log */
export function throttled(retryAt: number, refused: string, { request, reply, tenant }: PageExchange) {
  request.log.warn({ refused: 'throttled' }, `${refused} refused`);
  reply.header('retry-after', secondsUntil(retryAt, tenant));
  return { problem: { kind: 'throttled', retryAt }, status: 429 } as const;
}

/** From this network so many sign-ins were begun and left that no other may begin for now. */
export function tooManyFlows(retryAt: number, exchange: PageExchange): PageProblem {
  return new PageProblem({ kind: 'too-many-flows' }, 429, secondsUntil(retryAt, exchange.tenant));
}
