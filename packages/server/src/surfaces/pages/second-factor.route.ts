import {
  offerSetup,
  offerSetupAgain,
  proveSecondFactor,
  setUpWithinSignIn,
  standingProof,
  type FlowProof,
  type ParameterSet,
  type SecondStep,
} from '@fluxo/core';
import type { SecondFactorProblem } from '@fluxo/ui';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { networkOf } from '../../adapters/network.js';
import type { Services } from '../../services.js';
import { enter, openDoor, signInContext, userAgentOf } from './after-proof.js';
import { toApplicationCard } from './application-card.js';
import { flowTokenOf, queryOf, requireFlow, signInOptionsOf, type FlowPage } from './flow-page.js';
import { noteSignInRefused } from './note-refusal.js';
import { PageProblem } from './page-problem.js';
import {
  beginExchange,
  currentSession,
  readOwnForm,
  redirectStatus,
  throttled,
  type PageExchange,
} from './page-request.js';
import { sendPage } from './send-page.js';

const PATH = '/sign-in/second-factor';

/** The second step of a sign-in, after the first was proven within the same flow. */
export function registerSecondFactor(app: FastifyInstance, services: Services): void {
  app.get(PATH, async (request, reply) => {
    const exchange = beginExchange(request, reply, services);
    const page = await requireFlow(flowTokenOf(exchange), exchange);
    return sendCodePage(exchange, page, { way: wayOf(queryOf(exchange)) });
  });
  app.post(PATH, async (request, reply) => takeCode(beginExchange(request, reply, services)));
  app.get(`${PATH}/set-up`, async (request, reply) => {
    const exchange = beginExchange(request, reply, services);
    return sendSetupPage(exchange, await requireFlow(flowTokenOf(exchange), exchange), {});
  });
  app.post(`${PATH}/set-up`, async (request, reply) => takeSetup(beginExchange(request, reply, services)));
}

interface StepState {
  readonly problem?: SecondFactorProblem;
  readonly status?: number;
}

type Way = 'app' | 'recovery-code';

function wayOf(parameters: ParameterSet): Way {
  return parameters.get('with') === 'recovery-code' ? 'recovery-code' : 'app';
}

async function sendCodePage(
  exchange: PageExchange,
  page: FlowPage,
  { way, problem, status }: StepState & { readonly way: Way },
): Promise<FastifyReply> {
  const username = await provenUsername(page, exchange);
  if (username === undefined) return startAgain(page, exchange);
  const here = `${PATH}?flow=${page.token}`;
  return sendPage(
    {
      ...{ kind: 'second-factor-code', form: { action: PATH, flow: page.token }, username, way },
      otherWayPath: way === 'app' ? `${here}&with=recovery-code` : here,
      ...commonOf(page),
      ...(problem === undefined ? {} : { problem }),
    },
    exchange,
    { ...signInOptionsOf(page.flow, page.application), status: status ?? 200 },
  );
}

async function takeCode(exchange: PageExchange): Promise<FastifyReply> {
  const form = readOwnForm(exchange);
  const page = await requireFlow(form.get('flow'), exchange);
  const way = wayOf(form);
  const typed = typedIn(form);
  if (typed === '') {
    return sendCodePage(exchange, page, { way, problem: { kind: 'code-missing' }, status: 422 });
  }
  const outcome = await proveSecondFactor(await stepOf(page, typed, exchange), signInContext(exchange));
  exchange.request.observed.signIn = outcome.kind;
  switch (outcome.kind) {
    case 'signed-in':
      return enter(outcome, page.flow, exchange);
    case 'wrong-code': {
      exchange.request.log.info({ refused: 'wrong-code' }, 'sign-in refused');
      noteRefused('user.sign-in-failed', page, exchange);
      const kind = way === 'app' ? 'code-wrong' : 'recovery-code-wrong';
      return sendCodePage(exchange, page, { way, problem: { kind }, status: 422 });
    }
    case 'throttled':
      noteRefused('user.sign-in-throttled', page, exchange);
      return sendCodePage(exchange, page, { way, ...throttled(outcome.retryAt, 'sign-in', exchange) });
    case 'proof-gone':
      return startAgain(page, exchange);
    case 'flow-gone':
      throw new PageProblem({ kind: 'flow-expired' }, 400);
  }
}

async function sendSetupPage(
  exchange: PageExchange,
  page: FlowPage,
  { problem, status, setup }: StepState & { readonly setup?: string },
): Promise<FastifyReply> {
  const username = await provenUsername(page, exchange);
  const proof = proofOf(page, exchange);
  if (username === undefined || proof === undefined) return startAgain(page, exchange);
  const account = { userId: proof.userId, username, issuer: exchange.tenant.environment.name };
  const context = signInContext(exchange);
  const offer = setup === undefined ? offerSetup(account, context) : offerSetupAgain(setup, account, context);
  return sendPage(
    {
      kind: 'second-factor-set-up',
      form: { action: `${PATH}/set-up`, hidden: { flow: page.token, setup: offer.setup } },
      ...{ username, uri: offer.uri, secret: offer.secret, required: true },
      ...commonOf(page),
      ...(problem === undefined ? {} : { problem }),
    },
    exchange,
    { ...signInOptionsOf(page.flow, page.application), status: status ?? 200 },
  );
}

async function takeSetup(exchange: PageExchange): Promise<FastifyReply> {
  const form = readOwnForm(exchange);
  const page = await requireFlow(form.get('flow'), exchange);
  const setup = form.get('setup') ?? '';
  const again = (problem: SecondFactorProblem): Promise<FastifyReply> =>
    sendSetupPage(exchange, page, { problem, setup, status: 422 });
  const typed = typedIn(form);
  if (typed === '') return again({ kind: 'code-missing' });
  const step = { ...(await stepOf(page, typed, exchange)), setup };
  const outcome = await setUpWithinSignIn(step, signInContext(exchange));
  switch (outcome.kind) {
    case 'added': {
      const { signedIn, recoveryCodes } = outcome;
      // The codes are shown once, whatever became of the flow meanwhile.
      const continuePath =
        signedIn.kind === 'signed-in' ? await openDoor(signedIn, page.flow, exchange) : '/account';
      exchange.request.observed.signIn = signedIn.kind;
      return sendPage({ kind: 'recovery-codes', codes: recoveryCodes, continuePath }, exchange, {
        ...signInOptionsOf(page.flow, page.application),
      });
    }
    case 'wrong-code':
      return again({ kind: 'code-wrong' });
    case 'setup-gone':
      return again({ kind: 'setup-gone' });
    case 'throttled':
      noteRefused('user.sign-in-throttled', page, exchange);
      return sendSetupPage(exchange, page, { setup, ...throttled(outcome.retryAt, 'sign-in', exchange) });
    case 'refused':
      return exchange.reply.redirect(`${PATH}?flow=${page.token}`, 303);
    case 'proof-gone':
      return startAgain(page, exchange);
  }
}

async function stepOf(page: FlowPage, typed: string, exchange: PageExchange): Promise<SecondStep> {
  // Proven, not only named: an identifier alone must not end somebody else's session.
  const previous = await currentSession(exchange);
  return {
    flow: page.flow,
    typed,
    network: networkOf(exchange.request.ip),
    userAgent: userAgentOf(exchange),
    previousSessionId: previous?.evidence.id,
  };
}

function proofOf({ flow }: FlowPage, { tenant }: PageExchange): FlowProof | undefined {
  return standingProof(flow, tenant.now);
}

/** Whose second factor is asked for; undefined where nothing was proven. */
async function provenUsername(page: FlowPage, exchange: PageExchange): Promise<string | undefined> {
  const proof = proofOf(page, exchange);
  if (proof === undefined) return undefined;
  return (await exchange.tenant.storage.users.find(proof.userId))?.username;
}

/** Without a first proof, or too long after it: from the username on. */
function startAgain({ token }: FlowPage, exchange: PageExchange): FastifyReply {
  return exchange.reply.redirect(`/sign-in?flow=${token}`, redirectStatus(exchange));
}

function commonOf({ application, flow, token }: FlowPage) {
  const { proof } = flow;
  return {
    // The provider still knows who they are: it must ask.
    changeUsernamePath:
      proof?.by.kind === 'provider'
        ? `/sign-in/with/${proof.by.providerId}?flow=${token}&again=1`
        : `/sign-in?flow=${token}`,
    ...(application === undefined ? {} : { application: toApplicationCard(application) }),
  };
}

function noteRefused(
  type: 'user.sign-in-failed' | 'user.sign-in-throttled',
  page: FlowPage,
  exchange: PageExchange,
): void {
  const userId = proofOf(page, exchange)?.userId;
  noteSignInRefused({ type, check: 'second-factor', userId }, page, exchange);
}

function typedIn(form: ParameterSet): string {
  return form.get('code')?.trim() ?? '';
}
