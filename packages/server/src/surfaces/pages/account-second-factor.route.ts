import {
  confirmSetup,
  offerSetup,
  offerSetupAgain,
  removeSecondFactor,
  renewRecoveryCodes,
  SECOND_FACTOR_SET_UP_PAGE,
  secondFactorRules,
  UnavailableError,
  type LiveSession,
  type Unconfirmed,
} from '@fluxo/core';
import type { SecondFactorProblem } from '@fluxo/ui';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { networkOf } from '../../adapters/network.js';
import { formTokenOf } from '../../http/form-token.js';
import type { Services } from '../../services.js';
import { requireOwnForm, sendAccount } from './account.route.js';
import { signInContext } from './after-proof.js';
import { openPageFlow } from './page-flow.js';
import {
  beginExchange,
  currentSession,
  redirectStatus,
  throttled,
  type PageExchange,
} from './page-request.js';
import { sendPage } from './send-page.js';
import { sendSignIn } from './sign-in.route.js';

const PATH = '/account/second-factor';
/** As long as the offer of a seed is good. */
const FRESH_MS = 15 * 60_000;

type Change = 'renew' | 'remove';

/** A signed-in person's second factor: to set it up, to renew its recovery codes, to remove it. */
export function registerAccountSecondFactor(app: FastifyInstance, services: Services): void {
  app.get(`${PATH}/set-up`, async (request, reply) => showSetup(beginExchange(request, reply, services)));
  app.post(`${PATH}/set-up`, async (request, reply) => takeSetup(beginExchange(request, reply, services)));
  for (const change of ['renew', 'remove'] as const) {
    app.get(`${PATH}/${change}`, async (request, reply) =>
      showConfirmation(change, beginExchange(request, reply, services)),
    );
    app.post(`${PATH}/${change}`, async (request, reply) =>
      takeConfirmation(change, beginExchange(request, reply, services)),
    );
  }
}

interface PageState {
  readonly problem?: SecondFactorProblem;
  readonly status?: number;
  readonly setup?: string;
}

async function showSetup(exchange: PageExchange): Promise<FastifyReply> {
  const session = await currentSession(exchange);
  if (session === undefined || (await hasFactor(session, exchange))) return toAccount(exchange);
  return isFresh(session, exchange) ? sendSetup(exchange, session, {}) : askToSignInAnew(exchange);
}

function sendSetup(
  exchange: PageExchange,
  session: LiveSession,
  { problem, status, setup }: PageState,
): FastifyReply {
  const { user, id } = session.evidence;
  const { tenant, services } = exchange;
  const account = { userId: user.id, username: user.username, issuer: tenant.environment.name };
  const context = signInContext(exchange);
  const offer = setup === undefined ? offerSetup(account, context) : offerSetupAgain(setup, account, context);
  const hidden = { form_token: formTokenOf(id, services), setup: offer.setup };
  return sendPage(
    {
      kind: 'second-factor-set-up',
      form: { action: `${PATH}/set-up`, hidden },
      ...{ username: user.username, uri: offer.uri, secret: offer.secret, required: false },
      ...(problem === undefined ? {} : { problem }),
    },
    exchange,
    { status: status ?? 200 },
  );
}

async function takeSetup(exchange: PageExchange): Promise<FastifyReply> {
  const { session, form } = await requireOwnForm(exchange);
  if (!isFresh(session, exchange)) return exchange.reply.redirect(`${PATH}/set-up`, 303);
  const { id: userId } = session.evidence.user;
  const context = signInContext(exchange);
  const setup = form.get('setup') ?? '';
  const typed = form.get('code')?.trim() ?? '';
  if (typed === '') return sendSetup(exchange, session, { setup, ...mistake('code-missing') });
  const rules = secondFactorRules(userId, networkOf(exchange.request.ip));
  const retryAt = await context.throttle.take(rules, exchange.tenant.now);
  if (retryAt !== undefined) {
    return sendSetup(exchange, session, { setup, ...throttled(retryAt, 'code', exchange) });
  }
  const outcome = await confirmSetup({ userId, setup, typed }, context);
  switch (outcome.kind) {
    case 'added':
      await context.throttle.giveBack(rules, exchange.tenant.now);
      return sendCodes(outcome.recoveryCodes, exchange);
    case 'wrong-code':
      return sendSetup(exchange, session, { setup, ...mistake('code-wrong') });
    case 'setup-gone':
      return sendSetup(exchange, session, { setup, ...mistake('setup-gone') });
    case 'refused':
      return toAccount(exchange);
  }
}

/**
 * Whoever sits down at an unlocked computer must not bring an app of their own: then the account would be theirs, and
 * its owner shut out.
 */
function isFresh({ evidence }: LiveSession, { tenant }: PageExchange): boolean {
  return tenant.now - evidence.createdAt < FRESH_MS;
}

/** At the password or at the provider, which is told to ask anew too. It ends the session that there is. */
async function askToSignInAnew(exchange: PageExchange): Promise<FastifyReply> {
  const page = await openPageFlow(exchange, SECOND_FACTOR_SET_UP_PAGE, { forceLogin: true });
  return sendSignIn(exchange, page, 'redirect');
}

async function showConfirmation(change: Change, exchange: PageExchange): Promise<FastifyReply> {
  const session = await currentSession(exchange);
  if (session === undefined || !(await mayChange(change, session, exchange))) return toAccount(exchange);
  return sendConfirmation(change, { exchange, session }, {});
}

function sendConfirmation(
  change: Change,
  { exchange, session }: { readonly exchange: PageExchange; readonly session: LiveSession },
  { problem, status }: PageState,
): FastifyReply {
  const { user, id } = session.evidence;
  return sendPage(
    {
      ...{ kind: 'second-factor-confirm', change, username: user.username },
      form: { action: `${PATH}/${change}`, hidden: { form_token: formTokenOf(id, exchange.services) } },
      ...(problem === undefined ? {} : { problem }),
    },
    exchange,
    { status: status ?? 200 },
  );
}

async function takeConfirmation(change: Change, exchange: PageExchange): Promise<FastifyReply> {
  const { session, form } = await requireOwnForm(exchange);
  if (!(await mayChange(change, session, exchange))) return toAccount(exchange);
  const typed = form.get('proof') ?? '';
  const at = { exchange, session };
  if (typed === '') return sendConfirmation(change, at, mistake('proof-missing'));
  const person = {
    ...{ userId: session.evidence.user.id, typed },
    network: networkOf(exchange.request.ip),
  };
  const context = signInContext(exchange);
  try {
    const outcome =
      change === 'renew'
        ? await renewRecoveryCodes(person, context)
        : await removeSecondFactor(person, context);
    switch (outcome.kind) {
      case 'renewed':
        return await sendCodes(outcome.recoveryCodes, exchange);
      case 'removed':
        return await sendAccount(exchange, session, { kind: 'second-factor-removed' });
      default:
        return await sendConfirmation(change, at, unconfirmed(outcome, exchange));
    }
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    exchange.request.log.warn({ err: error }, 'confirmation postponed');
    exchange.reply.header('retry-after', error.retryAfterSeconds);
    return sendConfirmation(change, at, { problem: { kind: 'busy' }, status: 503 });
  }
}

function unconfirmed(outcome: Unconfirmed, exchange: PageExchange): PageState {
  return outcome.kind === 'throttled' ? throttled(outcome.retryAt, 'code', exchange) : mistake('proof-wrong');
}

/** Where everybody must have one, it can be renewed and not be taken away. */
async function mayChange(change: Change, session: LiveSession, exchange: PageExchange): Promise<boolean> {
  const { secondFactor } = exchange.tenant.environment.settings;
  if (change === 'remove' && secondFactor === 'required') return false;
  return hasFactor(session, exchange);
}

async function hasFactor({ evidence }: LiveSession, { tenant }: PageExchange): Promise<boolean> {
  return (await tenant.storage.secondFactors.find(evidence.user.id)) !== undefined;
}

function sendCodes(codes: readonly string[], exchange: PageExchange): FastifyReply {
  return sendPage({ kind: 'recovery-codes', codes, continuePath: '/account' }, exchange);
}

function toAccount(exchange: PageExchange): FastifyReply {
  return exchange.reply.redirect('/account', redirectStatus(exchange));
}

function mistake(kind: 'code-missing' | 'code-wrong' | 'setup-gone' | 'proof-missing' | 'proof-wrong') {
  return { problem: { kind }, status: 422 } as const;
}
