import {
  hasPasswordWay,
  mintIdentifiedSecret,
  signInWithPassword,
  UnavailableError,
  type SignInOutcome,
  type SignInWay,
} from '@fluxo/core';
import type { ProviderLink, SignInProblem } from '@fluxo/ui';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { networkOf } from '../../adapters/network.js';
import { readKnownDevices } from '../../http/cookies.js';
import type { Services } from '../../services.js';
import { askSecondFactor, enter, signInContext, userAgentOf } from './after-proof.js';
import { toApplicationCard } from './application-card.js';
import { flowTokenOf, signInOptionsOf, requireFlow, type FlowPage } from './flow-page.js';
import { noteSignInRefused } from './note-refusal.js';
import { openPageFlow } from './page-flow.js';
import { PageProblem } from './page-problem.js';
import { beginExchange, currentSession, readOwnForm, throttled, type PageExchange } from './page-request.js';
import { sendPage } from './send-page.js';
import { linksBeside, openProvider, PASSWORD_WAY, providerLinks, sendChoice, wayOf } from './sign-in-ways.js';

const MAX_USERNAME_CHARACTERS = 256;
const THROTTLED = { type: 'user.sign-in-throttled', check: 'password-attempts' } as const;

/** Sign-in in two steps: who, then the proof. */
export function registerSignIn(app: FastifyInstance, services: Services): void {
  app.get('/sign-in', async (request, reply) => {
    const exchange = beginExchange(request, reply, services);
    return sendSignIn(exchange, await requireFlow(flowTokenOf(exchange), exchange), 'page');
  });
  app.get(PASSWORD_WAY, async (request, reply) => showPasswordWay(beginExchange(request, reply, services)));
  app.post(PASSWORD_WAY, async (request, reply) => takeUsername(beginExchange(request, reply, services)));
  app.post('/sign-in', async (request, reply) => takeUsername(beginExchange(request, reply, services)));
  app.get('/sign-in/password', async (request, reply) => {
    const exchange = beginExchange(request, reply, services);
    return sendPasswordPage(exchange, await requireFlow(flowTokenOf(exchange), exchange), {});
  });
  app.post('/sign-in/password', async (request, reply) =>
    takePassword(beginExchange(request, reply, services)),
  );
  app.post('/sign-in/switch', async (request, reply) =>
    switchAccount(beginExchange(request, reply, services)),
  );
}

/** The first page of a sign-in, or the provider where the environment has no other way. */
export async function sendSignIn(
  exchange: PageExchange,
  page: FlowPage,
  how: 'redirect' | 'page',
): Promise<FastifyReply> {
  const way = await wayOf(exchange);
  switch (way.kind) {
    case 'provider':
      return openProvider(exchange, page, { provider: way.provider, how });
    case 'choose':
      return sendChoice(exchange, page, way.providers);
    default:
      return sendUsernamePage(exchange, page, { providers: providerLinks(way.providers, page.token) });
  }
}

/**
 * The way round a provider: for administrators where single sign-on is required, for everybody where it is offered.
 * Everybody may open it; it leads to the account page unless a sign-in was under way.
 */
async function showPasswordWay(exchange: PageExchange): Promise<FastifyReply> {
  const token = flowTokenOf(exchange);
  const page =
    token === undefined ? await openPageFlow(exchange, '/account') : await requireFlow(token, exchange);
  if (!hasPasswordWay(exchange.tenant.environment.settings)) return sendSignIn(exchange, page, 'page');
  return sendUsernamePage(exchange, page, { action: PASSWORD_WAY });
}

interface SignInState {
  readonly action?: string;
  readonly providers?: readonly ProviderLink[];
  readonly problem?: SignInProblem;
  readonly status?: number;
  readonly username?: string;
}

function sendUsernamePage(
  exchange: PageExchange,
  page: FlowPage,
  { action, providers, problem, status, username }: SignInState,
): FastifyReply {
  const { flow, token, application } = page;
  const hint = flow.goal.kind === 'authorization' ? flow.goal.loginHint : null;
  const shown = username ?? flow.username ?? hint;
  return sendPage(
    {
      kind: 'sign-in-username',
      form: { action: action ?? '/sign-in', flow: token },
      ...(application === undefined ? {} : { application: toApplicationCard(application) }),
      ...(shown === null ? {} : { username: shown }),
      ...(providers === undefined ? {} : { providers }),
      ...(problem === undefined ? {} : { problem }),
    },
    exchange,
    { ...signInOptionsOf(flow, application), status: status ?? 200 },
  );
}

async function takeUsername(exchange: PageExchange): Promise<FastifyReply> {
  const form = readOwnForm(exchange);
  const page = await requireFlow(form.get('flow'), exchange);
  const username = form.get('username')?.trim() ?? '';
  const action = exchange.request.routeOptions.url === PASSWORD_WAY ? PASSWORD_WAY : undefined;
  if (username === '' || username.length > MAX_USERNAME_CHARACTERS) {
    return sendUsernamePage(exchange, page, {
      ...(action === undefined ? { providers: await linksBeside(exchange, page.token) } : { action }),
      problem: { kind: 'username-missing' },
      status: 422,
      username: '',
    });
  }
  await exchange.tenant.storage.flows.setUsername(page.flow.id, username);
  const way = action === PASSWORD_WAY ? undefined : await wayOf(exchange, username);
  return exchange.reply.redirect(`${pathOf(way)}?flow=${page.token}`, 303);
}

function pathOf(way: SignInWay | undefined): string {
  if (way?.kind === 'provider') return `/sign-in/with/${way.provider.id}`;
  return way?.kind === 'choose' ? '/sign-in/choose' : '/sign-in/password';
}

async function sendPasswordPage(
  exchange: PageExchange,
  page: FlowPage,
  { problem, status }: SignInState,
): Promise<FastifyReply> {
  const { flow, token, application } = page;
  const { settings } = exchange.tenant.environment;
  if (flow.username === null || !hasPasswordWay(settings))
    return exchange.reply.redirect(`/sign-in?flow=${token}`, 302);
  return sendPage(
    {
      kind: 'sign-in-password',
      form: { action: '/sign-in/password', flow: token },
      ...(application === undefined ? {} : { application: toApplicationCard(application) }),
      username: flow.username,
      changeUsernamePath: `${settings.singleSignOn === 'required' ? PASSWORD_WAY : '/sign-in'}?flow=${token}`,
      forgotPasswordPath: `/forgot-password?flow=${token}`,
      providers: await linksBeside(exchange, token),
      ...(problem === undefined ? {} : { problem }),
    },
    exchange,
    { ...signInOptionsOf(flow, application), status: status ?? 200 },
  );
}

async function takePassword(exchange: PageExchange): Promise<FastifyReply> {
  const form = readOwnForm(exchange);
  const page = await requireFlow(form.get('flow'), exchange);
  const { username } = page.flow;
  if (username === null || !hasPasswordWay(exchange.tenant.environment.settings))
    return exchange.reply.redirect(`/sign-in?flow=${page.token}`, 303);
  const password = form.get('password');
  if (password === undefined) {
    return sendPasswordPage(exchange, page, { problem: { kind: 'password-missing' }, status: 422 });
  }
  const outcome = await signIn({ username, password }, page, exchange);
  exchange.request.observed.signIn = outcome.kind;
  switch (outcome.kind) {
    case 'signed-in':
      return enter(outcome, page.flow, exchange);
    case 'second-factor':
      return askSecondFactor(outcome, exchange);
    case 'not-recognized':
      exchange.request.log.info({ refused: 'not-recognized' }, 'sign-in refused');
      noteSignInRefused({ ...outcome, type: 'user.sign-in-failed' }, page, exchange);
      return sendPasswordPage(exchange, page, { problem: { kind: 'not-recognized' }, status: 422 });
    case 'throttled':
      noteSignInRefused({ ...outcome, ...THROTTLED }, page, exchange);
      return sendPasswordPage(exchange, page, throttled(outcome.retryAt, 'sign-in', exchange));
    case 'busy':
      exchange.reply.header('retry-after', outcome.retryAfterSeconds);
      return sendPasswordPage(exchange, page, { problem: { kind: 'busy' }, status: 503 });
    case 'flow-gone':
      throw new PageProblem({ kind: 'flow-expired' }, 400);
  }
}

type Busy = { readonly kind: 'busy'; readonly retryAfterSeconds: number };

async function signIn(
  { username, password }: { readonly username: string; readonly password: string },
  page: FlowPage,
  exchange: PageExchange,
): Promise<SignInOutcome | Busy> {
  const { request } = exchange;
  // Proven, not only named: an identifier alone must not end somebody else's session.
  const previous = await currentSession(exchange);
  try {
    return await signInWithPassword(
      {
        flow: page.flow,
        username,
        password,
        network: networkOf(request.ip),
        userAgent: userAgentOf(exchange),
        knownDevices: readKnownDevices(request, exchange.services.secure),
        previousSessionId: previous?.evidence.id,
      },
      signInContext(exchange),
    );
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    request.log.warn({ err: error }, 'sign-in postponed');
    return { kind: 'busy', retryAfterSeconds: error.retryAfterSeconds };
  }
}

/** *Use another account*: the flow goes on, but nobody is signed in within it any more. */
async function switchAccount(exchange: PageExchange): Promise<FastifyReply> {
  const { flow } = await requireFlow(readOwnForm(exchange).get('flow'), exchange);
  const minted = mintIdentifiedSecret('flow', flow.id, exchange.services.essentials.random);
  await exchange.tenant.storage.flows.restart(flow.id, minted.digest);
  return exchange.reply.redirect(`/sign-in?flow=${minted.text}`, 303);
}
