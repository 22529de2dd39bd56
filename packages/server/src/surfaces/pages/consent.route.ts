import {
  decide,
  mayDecide,
  redirectRemembered,
  type Application,
  type Decision,
  type Flow,
  type LiveSession,
} from '@fluxo/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Services } from '../../services.js';
import { toApplicationCard } from './application-card.js';
import { flowTokenOf, consentOptionsOf, requireAuthorization, requireFlow } from './flow-page.js';
import { PageProblem } from './page-problem.js';
import {
  authorizeContext,
  beginExchange,
  currentSession,
  readOwnForm,
  type PageExchange,
} from './page-request.js';
import { sendPage } from './send-page.js';

/** The consent screen: one question, two answers. */
export function registerConsent(app: FastifyInstance, services: Services): void {
  app.get('/consent', async (request, reply) => askAgain(beginExchange(request, reply, services)));
  app.post('/consent', async (request, reply) => takeDecision(beginExchange(request, reply, services)));
}

interface ConsentPage {
  readonly flow: Flow;
  readonly token: string;
  readonly application: Application;
  readonly session: LiveSession | undefined;
}

export function sendConsent(exchange: PageExchange, page: ConsentPage): FastifyReply {
  const { flow, token, application } = page;
  const { user } = requireDecider(page.flow, page.session).evidence;
  const goal = requireAuthorization(flow);
  return sendPage(
    {
      kind: 'consent',
      form: { action: '/consent', flow: token },
      application: toApplicationCard(application),
      user: { name: user.name, username: user.username },
      redirectHost: hostOf(goal.redirectUri),
      remembers: application.rememberConsent,
      switchAccountAction: '/sign-in/switch',
    },
    exchange,
    consentOptionsOf(goal),
  );
}

/** After the sign-in, or when the page is loaded again. */
async function askAgain(exchange: PageExchange): Promise<FastifyReply> {
  const page = await requireFlow(flowTokenOf(exchange), exchange);
  const session = await currentSession(exchange);
  const goal = requireAuthorization(page.flow);
  if (page.flow.userId === null || session === undefined) {
    return exchange.reply.redirect(`/sign-in?flow=${page.token}`, 302);
  }
  const application = requireApplication(page.application);
  const userId = requireDecider(page.flow, session).evidence.user.id;
  const location = await redirectRemembered(goal, { application, userId }, authorizeContext(exchange));
  if (location === undefined) return sendConsent(exchange, { ...page, application, session });
  await exchange.tenant.storage.flows.end(page.flow.id);
  return exchange.reply.redirect(location, 302);
}

async function takeDecision(exchange: PageExchange): Promise<FastifyReply> {
  const form = readOwnForm(exchange);
  const page = await requireFlow(form.get('flow'), exchange);
  const session = requireDecider(page.flow, await currentSession(exchange));
  const goal = requireAuthorization(page.flow);
  const decision = readDecision(form.get('decision'));
  const outcome = await decide(decision, { flow: page.flow, goal, session }, authorizeContext(exchange));
  if (outcome.kind === 'gone') throw new PageProblem({ kind: 'flow-not-yours' }, 403);
  return exchange.reply.redirect(outcome.location, 303);
}

/** Nobody answers in somebody else's name, and nobody without having signed in. @throws PageProblem */
function requireDecider(flow: Flow, session: LiveSession | undefined): LiveSession {
  if (mayDecide(flow, session)) return session;
  throw new PageProblem({ kind: 'flow-not-yours' }, 403);
}

function requireApplication(application: Application | undefined): Application {
  if (application !== undefined) return application;
  throw new PageProblem({ kind: 'flow-not-yours' }, 403);
}

function readDecision(text: string | undefined): Decision {
  if (text === 'allow' || text === 'cancel') return text;
  throw new PageProblem({ kind: 'bad-request' }, 400);
}

/** Where the person is sent afterwards, as they would recognize it. */
function hostOf(redirectUri: string): string {
  const url = new URL(redirectUri);
  return url.host === '' ? url.protocol.slice(0, -1) : url.host;
}
