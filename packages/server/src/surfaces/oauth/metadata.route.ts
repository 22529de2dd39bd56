import { authorizationServerMetadata } from '@fluxo/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tenantOf } from '../../http/tenant.js';
import type { Services } from '../../services.js';

/** RFC 8414 §3. The document is public, the same for everybody, and may be read from any origin. */
export function registerMetadata(app: FastifyInstance, services: Services): void {
  app.get('/.well-known/oauth-authorization-server', (request, reply) => {
    const tenant = tenantOf(request, services);
    if (tenant === undefined) return notFound(request, reply, 'This host names no organization.');
    return reply
      .header('access-control-allow-origin', '*')
      .header('cache-control', 'public, max-age=300')
      .send(authorizationServerMetadata(tenant.origin));
  });
  app.get('/.well-known/openid-configuration', (request, reply) =>
    notFound(
      request,
      reply,
      'This is an OAuth 2 server; its metadata is at /.well-known/oauth-authorization-server.',
    ),
  );
}

function notFound(request: FastifyRequest, reply: FastifyReply, description: string): FastifyReply {
  return reply.code(404).send({ error: 'not_found', error_description: description, request_id: request.id });
}
