import type { Flow } from '@fluxo/core';
import type { FastifyReply } from 'fastify';
import type { PageExchange } from './page-request.js';

/** Signed in: on to the consent screen, or to the page of ours that the person wanted. RFC 9700 §4.12: 303 after a form. */
export async function goOn(
  flow: Flow,
  token: string,
  { request, reply, tenant }: PageExchange,
): Promise<FastifyReply> {
  const status = request.method === 'POST' ? 303 : 302;
  if (flow.goal.kind === 'authorization') return reply.redirect(`/consent?flow=${token}`, status);
  await tenant.storage.flows.end(flow.id);
  return reply.redirect(flow.goal.path, status);
}
