import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from './pages/send-page.js';

/** A person gets a page, a program JSON. */
export function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.headers.accept?.includes('text/html') === true) {
    return sendPage({ kind: 'error', problem: { kind: 'not-found' } }, { request, reply }, { status: 404 });
  }
  return reply.code(404).send({
    error: 'not_found',
    error_description: 'There is nothing at this address.',
    request_id: request.id,
  });
}
