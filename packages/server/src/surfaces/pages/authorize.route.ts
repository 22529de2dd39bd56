import {
  authorize,
  ParameterSet,
  parseFormEncoded,
  parseId,
  type ClientId,
  type EndpointFamily,
} from '@fluxo/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../../adapters/network.js';
import type { Services } from '../../services.js';
import { ensureBrowser } from './browser.js';
import { sendConsent } from './consent.route.js';
import { noteAuthorizationRefused, noteRedirectRefused } from './note-refusal.js';
import { PageProblem } from './page-problem.js';
import {
  authorizeContext,
  beginExchange,
  currentSession,
  tooManyFlows,
  type PageExchange,
} from './page-request.js';
import { sendSignIn } from './sign-in.route.js';

const ENDPOINTS: readonly (readonly [string, EndpointFamily])[] = [
  ['/integrations/oauth2/authorize', 'dialect'],
  ['/oauth2/authorize', 'standard'],
];

/** The authorization page (RFC 6749 §3.1). */
export function registerAuthorize(app: FastifyInstance, services: Services): void {
  for (const [url, family] of ENDPOINTS) {
    app.get(url, async (request, reply) => {
      if (request.site?.kind === 'by-client')
        return redirectByClient(request.site.lane, { request, reply, services });
      return showAuthorization(family, beginExchange(request, reply, services));
    });
  }
}

async function showAuthorization(family: EndpointFamily, exchange: PageExchange): Promise<FastifyReply> {
  const visitor = {
    browserDigest: ensureBrowser(exchange),
    session: await currentSession(exchange),
    // Asked for only where somebody unknown begins a flow.
    get network() {
      return networkOf(exchange.request.ip);
    },
  };
  const parameters = readQuery(exchange.request);
  const outcome = await authorize({ family, parameters, visitor }, authorizeContext(exchange));
  switch (outcome.kind) {
    case 'page-problem':
      noteAuthorizationRefused(outcome.problem, parameters, exchange);
      throw new PageProblem(outcome.problem, 400);
    case 'redirect':
      if (outcome.refusal !== undefined) {
        const { code, evidence } = outcome.refusal;
        exchange.request.observed.check = evidence?.check ?? code;
        exchange.request.log.info({ refused: code, evidence }, 'refused');
        noteRedirectRefused(outcome.refusal, parameters, exchange);
      }
      return exchange.reply.redirect(outcome.location, 302);
    case 'throttled':
      throw tooManyFlows(outcome.retryAt, exchange);
    case 'sign-in':
      return sendSignIn(exchange, outcome, 'redirect');
    case 'consent':
      return sendConsent(exchange, { ...outcome, session: visitor.session });
  }
}

/** On the host that names no organization: to the origin of the application's environment, unchanged. */
async function redirectByClient(
  lane: string,
  { request, reply, services }: { request: FastifyRequest; reply: FastifyReply; services: Services },
): Promise<FastifyReply> {
  const parameters = readQuery(request);
  if (parameters.isRepeated('client_id')) {
    throw new PageProblem({ kind: 'parameter-repeated', parameter: 'client_id' }, 400);
  }
  const received = parameters.get('client_id');
  if (received === undefined) throw new PageProblem({ kind: 'client-id-missing' }, 400);
  const clientId = parseId<ClientId>(received);
  if (clientId === undefined) throw new PageProblem({ kind: 'client-id-malformed', received }, 400);
  const environment = await services.storage.environments.findByClientId(lane, clientId);
  if (environment === undefined) throw new PageProblem({ kind: 'client-unknown', received }, 400);
  return reply.redirect(`${services.hosts.originOf(environment)}${request.raw.url ?? ''}`, 302);
}

function readQuery(request: FastifyRequest): ParameterSet {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  return new ParameterSet(parseFormEncoded(mark < 0 ? '' : url.slice(mark + 1)).parameters);
}
