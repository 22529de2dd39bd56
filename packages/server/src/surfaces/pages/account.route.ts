import {
  judgeSession,
  listConnections,
  parseId,
  type ConsentId,
  type LiveSession,
  type ParameterSet,
  type SessionId,
} from '@fluxo/core';
import type { AccountNotice, BrowserSession } from '@fluxo/ui';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { describeDevice } from '../../adapters/device.js';
import { formTokenOf, isFormToken } from '../../http/form-token.js';
import type { Services } from '../../services.js';
import { toApplicationCard } from './application-card.js';
import { openPageFlow } from './page-flow.js';
import { PageProblem } from './page-problem.js';
import { beginExchange, currentSession, readOwnForm, type PageExchange } from './page-request.js';
import { sendPage } from './send-page.js';
import { sendSignIn } from './sign-in.route.js';
import { leave } from './sign-out.route.js';

/** `/account`: who may act for me, where am I signed in, and the end of both. */
export function registerAccount(app: FastifyInstance, services: Services): void {
  app.get('/', (_request, reply) => reply.redirect('/account', 302));
  app.get('/account', async (request, reply) => showAccount(beginExchange(request, reply, services)));
  app.post('/account/disconnect', async (request, reply) =>
    disconnect(beginExchange(request, reply, services)),
  );
  app.post('/account/end-session', async (request, reply) =>
    endSession(beginExchange(request, reply, services)),
  );
  app.post('/account/sign-out-everywhere', async (request, reply) =>
    signOutEverywhere(beginExchange(request, reply, services)),
  );
  app.post('/sign-out', async (request, reply) => signOut(beginExchange(request, reply, services)));
}

async function showAccount(exchange: PageExchange): Promise<FastifyReply> {
  const session = await currentSession(exchange);
  return session === undefined ? askToSignIn(exchange) : sendAccount(exchange, session);
}

async function askToSignIn(exchange: PageExchange): Promise<FastifyReply> {
  return sendSignIn(exchange, await openPageFlow(exchange, '/account'), 'redirect');
}

export async function sendAccount(
  exchange: PageExchange,
  session: LiveSession,
  notice?: AccountNotice,
): Promise<FastifyReply> {
  const { user, id } = session.evidence;
  const { storage, now } = exchange.tenant;
  const connections = await listConnections(user, storage.grants, now);
  const factor = await storage.secondFactors.find(user.id);
  const required = exchange.tenant.environment.settings.secondFactor === 'required';
  return sendPage(
    {
      kind: 'account',
      user: { name: user.name, username: user.username },
      formToken: formTokenOf(id, exchange.services),
      connections: connections.map(({ consentId, application, connectedAt, lastUsedAt }) => ({
        consentId,
        application: toApplicationCard(application),
        connectedAt,
        ...(lastUsedAt === null ? {} : { lastUsedAt }),
      })),
      sessions: await listSessions(session, exchange),
      secondFactor: {
        required,
        ...(factor === undefined
          ? {}
          : { added: { at: factor.addedAt, recoveryCodesLeft: factor.recoveryCodesLeft } }),
      },
      ...(notice === undefined ? {} : { notice }),
    },
    exchange,
  );
}

async function listSessions(
  current: LiveSession,
  { tenant }: PageExchange,
): Promise<readonly BrowserSession[]> {
  const { environment, storage, now } = tenant;
  const sessions = await storage.sessions.listOfUser(current.evidence.user.id);
  return sessions.flatMap((evidence) => {
    const lastUse = evidence.lastUsedAt ?? evidence.createdAt;
    const isCurrent = evidence.id === current.evidence.id;
    if (!isCurrent && judgeSession(evidence, environment.settings, { now, lastUse }) === undefined) return [];
    const device = describeDevice(evidence.userAgent);
    return [
      {
        sessionId: evidence.id,
        ...(device === undefined ? {} : { device }),
        signedInAt: evidence.createdAt,
        lastUsedAt: lastUse,
        current: isCurrent,
      },
    ];
  });
}

/** The signed-in person and the form of their own account page. @throws PageProblem 403 */
export async function requireOwnForm(
  exchange: PageExchange,
): Promise<{ readonly session: LiveSession; readonly form: ParameterSet }> {
  const form = readOwnForm(exchange);
  const session = await currentSession(exchange);
  if (
    session === undefined ||
    !isFormToken(form.get('form_token') ?? '', session.evidence.id, exchange.services)
  ) {
    throw new PageProblem({ kind: 'request-refused' }, 403);
  }
  return { session, form };
}

async function disconnect(exchange: PageExchange): Promise<FastifyReply> {
  const { session, form } = await requireOwnForm(exchange);
  const { storage, now } = exchange.tenant;
  const { user } = session.evidence;
  const consentId = parseId<ConsentId>(form.get('consent_id') ?? '');
  const consents = await storage.grants.listConsents(user.id);
  const consent = consents.find((candidate) => candidate.consentId === consentId);
  // Gone already, in another tab perhaps: what the person wanted is so.
  if (consent === undefined) return exchange.reply.redirect('/account', 303);
  await storage.grants.revokeConsent(consent.consentId, user.id, now);
  return sendAccount(exchange, session, { kind: 'disconnected', applicationName: consent.application.name });
}

async function endSession(exchange: PageExchange): Promise<FastifyReply> {
  const { session, form } = await requireOwnForm(exchange);
  const { storage, now } = exchange.tenant;
  const id = parseId<SessionId>(form.get('session_id') ?? '');
  const own = await storage.sessions.listOfUser(session.evidence.user.id);
  const found = own.find((evidence) => evidence.id === id);
  if (found !== undefined) await storage.sessions.end(found.id, now);
  if (found?.id === session.evidence.id) return leave(exchange, found.id);
  return sendAccount(exchange, session, { kind: 'session-ended' });
}

async function signOutEverywhere(exchange: PageExchange): Promise<FastifyReply> {
  const { session } = await requireOwnForm(exchange);
  await exchange.tenant.storage.sessions.endAllOfUser(session.evidence.user.id, exchange.tenant.now);
  return leave(exchange, session.evidence.id);
}

async function signOut(exchange: PageExchange): Promise<FastifyReply> {
  const { session } = await requireOwnForm(exchange);
  await exchange.tenant.storage.sessions.end(session.evidence.id, exchange.tenant.now);
  return leave(exchange, session.evidence.id);
}
