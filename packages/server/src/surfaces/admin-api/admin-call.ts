import { useSession, type ClientId, type LiveSession, type SessionUser } from '@fluxo/core';
import type { FastifyRequest } from 'fastify';
import { browserSession } from '../../http/browser-session.js';
import { isFormToken } from '../../http/form-token.js';
import { sessionsInHeaders } from '../../http/header-sessions.js';
import { isSameOrigin } from '../../http/same-origin.js';
import { toTenant, type Tenant } from '../../http/tenant.js';
import type { Services } from '../../services.js';
import { AdminProblem } from './admin-problem.js';

/** One request of an administrator: who, where. What it changes is recorded as theirs. */
export interface AdminCall {
  readonly tenant: Tenant;
  readonly caller: SessionUser;
  /** Of a browser; undefined for a script. */
  readonly browser: LiveSession | undefined;
}

const CHANGES_NOTHING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * An administrator of this host's environment, by the browser's cookie or by the session of a `machine` application
 * that was let in. Whoever names a session in a header is judged by that alone: no cookie beside it counts.
 * @throws AdminProblem
 */
export async function admitAdministrator(request: FastifyRequest, services: Services): Promise<AdminCall> {
  const tenant = siteTenant(request, services);
  const named = sessionsInHeaders(request);
  const browser = named.length > 0 ? undefined : await browserSession(request, tenant, services);
  const session = named.length > 0 ? await machineSession(named, tenant, services) : browser;
  if (session === undefined) throw notSignedIn();
  const { user } = session.evidence;
  if (!user.administrator) {
    throw new AdminProblem('not-allowed', 'Only administrators may do that.');
  }
  if (browser !== undefined && !CHANGES_NOTHING.has(request.method))
    requireOwnPage(request, browser, services);
  const { environment, origin } = tenant;
  const acting = { via: 'api', actorId: user.id } as const;
  return { tenant: toTenant(environment, origin, services, acting), caller: user, browser };
}

/** @throws AdminProblem 404 on a host that names no organization */
function siteTenant({ site }: FastifyRequest, services: Services): Tenant {
  if (site?.kind !== 'environment') throw new AdminProblem('not-found', 'This host names no organization.');
  return toTenant(site.environment, site.origin, services);
}

/** Two that differ are none: whoever planted one of them must not decide which counts. */
async function machineSession(
  named: readonly string[],
  tenant: Tenant,
  services: Services,
): Promise<LiveSession | undefined> {
  const [sessionId = '', ...others] = new Set(named);
  if (others.length > 0) return undefined;
  const { environment, now, storage } = tenant;
  const context = { environment, sessions: storage.sessions, usage: services.usage, now };
  const session = await useSession(sessionId, 'application', context);
  if (session !== undefined && !(await mayAdminister(session.evidence.grant?.clientId, tenant))) {
    throw new AdminProblem('not-allowed', 'The application is not allowed to use the administrators’ API.');
  }
  return session;
}

async function mayAdminister(clientId: ClientId | undefined, { storage }: Tenant): Promise<boolean> {
  const application = clientId && (await storage.applications.find(clientId));
  return application !== undefined && application.kind === 'machine' && application.adminApi;
}

/** Cookies come along with anybody's request, and other tenants are even same-site. @throws AdminProblem 403 */
function requireOwnPage(request: FastifyRequest, session: LiveSession, services: Services): void {
  const { site, headers } = request;
  const origin = site?.kind === 'environment' ? site.origin : '';
  const token = headers['x-csrf-token'];
  if (!isSameOrigin(request, origin)) {
    throw new AdminProblem('request-refused', 'The request does not come from a page of this origin.');
  }
  if (typeof token !== 'string' || !isFormToken(token, session.evidence.id, services)) {
    throw new AdminProblem('request-refused', 'X-CSRF-Token is not the one that GET /api/v1/me gives.');
  }
}

function notSignedIn(): AdminProblem {
  return new AdminProblem('not-signed-in', 'Sign in, or send the session of a machine application.', {
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  });
}
