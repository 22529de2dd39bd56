import {
  findAwaitingFlow,
  finishProviderSignIn,
  PROVIDER_TEST_PAGE,
  readTestTicket,
  type IdentityProvider,
  type ProviderFinish,
  type ProviderKind,
} from '@fluxo/core';
import type { ProviderReport } from '@fluxo/ui';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { networkOf } from '../../adapters/network.js';
import type { Services } from '../../services.js';
import { askSecondFactor, enter, signInContext, userAgentOf } from './after-proof.js';
import { knownBrowser } from './browser.js';
import { queryOf, rawQueryOf, requireFlow, requireLiveFlow, type FlowPage } from './flow-page.js';
import { openPageFlow } from './page-flow.js';
import { PageProblem } from './page-problem.js';
import { beginExchange, currentSession, type PageExchange } from './page-request.js';
import { toReport } from './provider-report.js';
import { requireProvider } from './require-provider.js';
import { sendPage } from './send-page.js';
import { judgeContext, openProvider, sendChoice, sendProviderProblem, wayOf } from './sign-in-ways.js';

/** Sign-in at the organization's own provider: there, and back. */
export function registerProviderSignIn(app: FastifyInstance, services: Services): void {
  app.get('/sign-in/with/:provider', async (request, reply) =>
    goToProvider(beginExchange(request, reply, services)),
  );
  app.get('/sign-in/choose', async (request, reply) => choose(beginExchange(request, reply, services)));
  app.get('/sign-in/oidc/:provider/callback', async (request, reply) =>
    comeBack(beginExchange(request, reply, services), 'oidc'),
  );
  // Where a response that was posted goes on: saml-sign-in.route.ts.
  app.get('/sign-in/saml/:provider/continue', async (request, reply) =>
    comeBack(beginExchange(request, reply, services), 'saml'),
  );
  app.get(PROVIDER_TEST_PAGE, async (request, reply) => tryProvider(beginExchange(request, reply, services)));
}

async function goToProvider(exchange: PageExchange): Promise<FastifyReply> {
  const query = queryOf(exchange);
  const page = await requireFlow(query.get('flow'), exchange);
  const provider = await requireProvider(exchange);
  const isOpen = provider.enabled && exchange.tenant.environment.settings.singleSignOn !== 'off';
  if (!isOpen && !isTest(page)) {
    const reason = 'provider-disabled';
    return sendProviderProblem(exchange, page, { provider, reason, detail: 'Chosen after it was disabled.' });
  }
  // Somebody whom the provider still knows is asked who they are: they want to be another one.
  const forceLogin = page.flow.forceLogin || query.get('again') !== undefined;
  return openProvider(exchange, { ...page, flow: { ...page.flow, forceLogin } }, { provider, how: 'page' });
}

async function choose(exchange: PageExchange): Promise<FastifyReply> {
  const page = await requireFlow(queryOf(exchange).get('flow'), exchange);
  const way = await wayOf(exchange, page.flow.username ?? undefined);
  const providers = way.kind === 'provider' ? [way.provider] : way.providers;
  return sendChoice(exchange, page, providers);
}

/** What a provider sent back, in this browser or in none. */
async function comeBack(exchange: PageExchange, kind: ProviderKind): Promise<FastifyReply> {
  const { request, tenant } = exchange;
  const query = queryOf(exchange);
  if (query.isRepeated('state')) throw new PageProblem({ kind: 'bad-request' }, 400);
  const state = query.get('state') ?? '';
  const provider = await requireProvider(exchange, kind);
  const came = { providerId: provider.id, browserDigest: knownBrowser(exchange) };
  const { flows } = tenant.storage;
  const page = await requireLiveFlow(
    await findAwaitingFlow(state, came, { flows, now: tenant.now }),
    exchange,
  );
  // Proven, not only named: an identifier alone must not end somebody else's session.
  const previous = await currentSession(exchange);
  const finish = await finishProviderSignIn(
    {
      ...{ flow: page.flow, provider, state, network: networkOf(request.ip) },
      parameters: kind === 'oidc' ? rawQueryOf(exchange) : undefined,
      userAgent: userAgentOf(exchange),
      previousSessionId: previous?.evidence.id,
    },
    {
      ...judgeContext(exchange),
      ...signInContext(exchange),
      federatedIdentities: tenant.storage.federatedIdentities,
    },
  );
  return answer(exchange, finish, { page, provider });
}

async function answer(
  exchange: PageExchange,
  finish: ProviderFinish,
  { page, provider }: { readonly page: FlowPage; readonly provider: IdentityProvider },
): Promise<FastifyReply> {
  switch (finish.kind) {
    case 'signed-in':
      exchange.request.observed.signIn = finish.kind;
      return enter(finish, page.flow, exchange);
    case 'second-factor':
      exchange.request.observed.signIn = finish.kind;
      return askSecondFactor(finish, exchange);
    case 'failed':
      return sendProviderProblem(exchange, { ...page, token: finish.flow }, { ...finish, provider });
    case 'reported':
      return sendReport(exchange, { page, provider, report: toReport(finish, provider) });
    case 'flow-gone':
      throw new PageProblem({ kind: 'flow-not-yours' }, 403);
  }
}

/** Kept too, so that an administrator reads it where the provider is managed. */
async function sendReport(
  exchange: PageExchange,
  {
    page,
    provider,
    report,
  }: {
    readonly page: FlowPage;
    readonly provider: IdentityProvider;
    readonly report: ProviderReport;
  },
): Promise<FastifyReply> {
  const { storage, now } = exchange.tenant;
  await storage.flows.end(page.flow.id);
  const { refusal, mapped, received } = report;
  await storage.identityProviders.noteTest(provider.id, {
    ...{ at: now, refusal: refusal ?? null, mapped, received },
  });
  return sendPage({ kind: 'provider-report', report }, exchange);
}

/** `fluxo identity-provider test` prints a link to here. */
async function tryProvider(exchange: PageExchange): Promise<FastifyReply> {
  const { tenant, services } = exchange;
  const ticket = queryOf(exchange).get('ticket') ?? '';
  const { keyRing } = services.essentials;
  const id = readTestTicket(ticket, tenant.environment.id, { keyRing, now: tenant.now });
  const provider = id === undefined ? undefined : await tenant.storage.identityProviders.find(id);
  if (provider === undefined) throw new PageProblem({ kind: 'not-found' }, 404);
  const page = await openPageFlow(exchange, PROVIDER_TEST_PAGE);
  return openProvider(exchange, page, { provider, how: 'redirect' });
}

const isTest = ({ flow }: FlowPage): boolean =>
  flow.goal.kind === 'page' && flow.goal.path === PROVIDER_TEST_PAGE;
