import {
  beginProviderSignIn,
  hasPasswordWay,
  PROVIDER_TEST_PAGE,
  routeSignIn,
  type FederationContext,
  type IdentityProvider,
  type JudgeContext,
  type ReturnFailureReason,
  type SignInWay,
} from '@fluxo/core';
import type { ProviderLink, ProviderProblem } from '@fluxo/ui';
import type { FastifyReply } from 'fastify';
import { toApplicationCard } from './application-card.js';
import { signInOptionsOf, type FlowPage } from './flow-page.js';
import { noteSignInRefused } from './note-refusal.js';
import type { PageExchange } from './page-request.js';
import { sendPage } from './send-page.js';

export const PASSWORD_WAY = '/sign-in/with-password';

/** What core's way through a provider needs of this request. */
function federationContext({ tenant, services }: PageExchange): FederationContext {
  const { environment, origin, storage } = tenant;
  const { flows, identityProviders } = storage;
  const { essentials, providerAdapters } = services;
  return {
    environmentId: environment.id,
    origin,
    essentials,
    flows,
    identityProviders,
    adapters: providerAdapters,
  };
}

/** And of the answer. */
export function judgeContext(exchange: PageExchange): JudgeContext {
  return { ...federationContext(exchange), replay: exchange.tenant.storage.replay };
}

/** Where this environment sends whoever typed that, or whoever just came. */
export async function wayOf({ tenant }: PageExchange, typed?: string): Promise<SignInWay> {
  const { settings } = tenant.environment;
  // Most environments have none: then nothing is looked up.
  const providers = settings.singleSignOn === 'off' ? [] : await tenant.storage.identityProviders.list();
  return routeSignIn(settings, providers, typed);
}

export function providerLinks(
  providers: readonly IdentityProvider[],
  token: string,
): readonly ProviderLink[] {
  return providers.map(({ id, name }) => ({ name, href: `/sign-in/with/${id}?flow=${token}` }));
}

/** Ways beside the one that a page is for. */
export async function linksBeside(exchange: PageExchange, token: string): Promise<readonly ProviderLink[]> {
  const { settings } = exchange.tenant.environment;
  if (settings.singleSignOn === 'off') return [];
  const providers = await exchange.tenant.storage.identityProviders.list();
  return providerLinks(
    providers.filter(({ enabled }) => enabled),
    token,
  );
}

/**
 * @param how `redirect` where no form led here. A form's page names what the form may lead to, and browsers hold every
 * redirect that follows to it; nobody knows where a company's own sign-in leads. So after a form there is a page in
 * between, which goes on by itself: docs/adr/0012-on-to-a-provider.md.
 */
export async function openProvider(
  exchange: PageExchange,
  page: FlowPage,
  { provider, how }: { readonly provider: IdentityProvider; readonly how: 'redirect' | 'page' },
): Promise<FastifyReply> {
  const start = await beginProviderSignIn(page.flow, provider, federationContext(exchange));
  if (start.kind === 'failed') return sendProviderProblem(exchange, page, { ...start, provider });
  exchange.request.log.info({ provider: provider.id }, 'sent to an identity provider');
  const { location, form } = start;
  if (form !== undefined) {
    const forward = {
      kind: 'sign-in-forward',
      provider: { name: provider.name, href: location },
      form,
    } as const;
    return sendPage(forward, exchange, { ...signInOptionsOf(page.flow, undefined), redirectUri: location });
  }
  if (how === 'redirect') return exchange.reply.redirect(location, 302);
  exchange.reply.header('refresh', `0; url=${location}`);
  return sendPage(
    { kind: 'sign-in-forward', provider: { name: provider.name, href: location } },
    exchange,
    signInOptionsOf(page.flow, undefined),
  );
}

export function sendChoice(
  exchange: PageExchange,
  { flow, token, application }: FlowPage,
  providers: readonly IdentityProvider[],
): FastifyReply {
  const options = signInOptionsOf(flow, application);
  const passwordPath = passwordPathOf(exchange, token);
  if (providers.length === 0) {
    const page = { kind: 'sign-in-provider-problem', problem: 'none', ...passwordPath } as const;
    return sendPage(page, exchange, { ...options, status: 422 });
  }
  return sendPage(
    {
      kind: 'sign-in-choice',
      ...(application === undefined ? {} : { application: toApplicationCard(application) }),
      providers: providerLinks(providers, token),
      ...passwordPath,
    },
    exchange,
    options,
  );
}

interface Failure {
  readonly provider: IdentityProvider;
  readonly reason: ReturnFailureReason;
  readonly detail: string;
}

/** What happened there, and what can be done now. Never a 5xx: it isn't this server that failed. */
export async function sendProviderProblem(
  exchange: PageExchange,
  { flow, token, application }: FlowPage,
  { provider, reason, detail }: Failure,
): Promise<FastifyReply> {
  const problem = problemOf(reason);
  exchange.request.observed.check = reason;
  exchange.request.log.info({ refused: reason, detail, provider: provider.id }, 'sign-in refused');
  const isTest = flow.goal.kind === 'page' && flow.goal.path === PROVIDER_TEST_PAGE;
  if (!isTest)
    noteSignInRefused({ type: 'user.sign-in-failed', check: reason, provider }, { flow }, exchange);
  const again = problem === 'unknown-person' ? '&again=1' : '';
  const way = await wayOf(exchange);
  const hasOthers = way.kind !== 'provider' && way.kind !== 'ask-password' && way.providers.length > 1;
  return sendPage(
    {
      kind: 'sign-in-provider-problem',
      problem,
      providerName: provider.name,
      ...(problem === 'disabled'
        ? {}
        : { tryAgainPath: `/sign-in/with/${provider.id}?flow=${token}${again}` }),
      ...(isTest || !hasOthers ? {} : { otherWayPath: `/sign-in?flow=${token}` }),
      ...(isTest ? {} : passwordPathOf(exchange, token)),
    },
    exchange,
    { ...signInOptionsOf(flow, application), status: 422 },
  );
}

function passwordPathOf({ tenant }: PageExchange, token: string): { readonly passwordPath?: string } {
  if (!hasPasswordWay(tenant.environment.settings)) return {};
  return { passwordPath: `${PASSWORD_WAY}?flow=${token}` };
}

/** What a person can act on. Why the organization doesn't know them is for the log, and for the administrator. */
function problemOf(reason: ReturnFailureReason): ProviderProblem {
  switch (reason) {
    case 'unreachable':
    case 'misconfigured':
      return 'unreachable';
    case 'refused':
    case 'invalid':
      return reason;
    case 'provider-disabled':
      return 'disabled';
    default:
      return 'unknown-person';
  }
}
