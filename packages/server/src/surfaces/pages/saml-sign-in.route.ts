import { callbackUrlOf, readProviderSecret, receiveProviderAnswer } from '@fluxo/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ourSide } from '../../adapters/saml/service-provider-settings.js';
import { readForm } from '../../http/body.js';
import type { Services } from '../../services.js';
import { PageProblem } from './page-problem.js';
import { beginExchange, type PageExchange } from './page-request.js';
import { requireProvider } from './require-provider.js';
import { judgeContext } from './sign-in-ways.js';

/** A response with hundreds of groups, in base64, in a form. Everywhere else a body is much smaller. */
const MAX_RESPONSE_BYTES = 256 * 1024;
/** A provider posts two. A hundred thousand small ones would cost more to read than a large one. */
const MAX_FIELDS = 16;

/** What only SAML has: a response that is posted here, and a description of us. */
export function registerSamlSignIn(app: FastifyInstance, services: Services): void {
  app.post('/sign-in/saml/:provider/acs', { bodyLimit: MAX_RESPONSE_BYTES }, async (request, reply) =>
    takeResponse(beginExchange(request, reply, services)),
  );
  app.get('/sign-in/saml/:provider/metadata', async (request, reply) =>
    sendMetadata(beginExchange(request, reply, services)),
  );
}

/**
 * The one form that another site's page may post (SAML bindings §3.5). Our cookies don't come with it, and it signs
 * nobody in: what it proves is finished by the browser that has the flow's cookie.
 */
async function takeResponse(exchange: PageExchange): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const provider = await requireProvider(exchange, 'saml');
  const parameters = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  if (parameters.split('&', MAX_FIELDS + 1).length > MAX_FIELDS)
    throw new PageProblem({ kind: 'bad-request' }, 400);
  const form = readForm(request.body, request.headers['content-type']);
  if (form.firstRepeated() !== undefined) throw new PageProblem({ kind: 'bad-request' }, 400);
  const state = form.get('RelayState') ?? '';
  const received = await receiveProviderAnswer({ provider, state, parameters }, judgeContext(exchange));
  if (received.kind === 'not-awaited') throw new PageProblem({ kind: 'flow-not-yours' }, 403);
  return reply.redirect(`/sign-in/saml/${provider.id}/continue?state=${received.state}`, 303);
}

async function sendMetadata(exchange: PageExchange): Promise<FastifyReply> {
  const provider = await requireProvider(exchange, 'saml');
  const { settings } = provider;
  const read = await readProviderSecret(provider, judgeContext(exchange));
  if (settings.kind !== 'saml' || read.kind === 'unreadable')
    throw new PageProblem({ kind: 'not-found' }, 404);
  const callbackUrl = callbackUrlOf(exchange.tenant.origin, provider);
  // With the SAML library, which is loaded only where somebody has such a provider.
  const { ourMetadata } = await import('../../adapters/saml/our-metadata.js');
  const metadata = ourMetadata(ourSide(settings, { callbackUrl, secret: read.secret }));
  return exchange.reply.type('application/samlmetadata+xml; charset=utf-8').send(metadata);
}
