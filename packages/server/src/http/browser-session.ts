import { findSession, useSession, type LiveSession } from '@fluxo/core';
import type { FastifyRequest } from 'fastify';
import type { Services } from '../services.js';
import { readSessionCookie } from './cookies.js';
import type { Tenant } from './tenant.js';

/** The browser's live session. Only its cookie counts: an application's session is not even looked at. */
export async function browserSession(
  request: FastifyRequest,
  tenant: Tenant,
  services: Services,
): Promise<LiveSession | undefined> {
  const cookie = readSessionCookie(request, services.secure);
  if (cookie === undefined) return undefined;
  const { environment, now, storage } = tenant;
  const context = { environment, sessions: storage.sessions, usage: services.usage, now };
  return request.method === 'GET' || request.method === 'HEAD'
    ? useSession(cookie, 'browser', context)
    : findSession(cookie, 'browser', context);
}
