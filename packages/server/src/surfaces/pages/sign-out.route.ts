import {
  beginProviderSignOut,
  findOfferedSignOut,
  receiveProviderSignOut,
  sessionOfTicket,
  signOutTicketFor,
  type OfferedSignOut,
  type SessionId,
  type SignOutContext,
  type TicketUse,
} from '@fluxo/core';
import type { ProviderSignOut } from '@fluxo/ui';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { clearSessionCookie } from '../../http/cookies.js';
import type { Services } from '../../services.js';
import { ensureBrowser, knownBrowser } from './browser.js';
import { queryOf, rawQueryOf } from './flow-page.js';
import { beginExchange, type PageExchange } from './page-request.js';
import { requireProvider } from './require-provider.js';
import { sendPage } from './send-page.js';
import { judgeContext } from './sign-in-ways.js';

const SIGNED_OUT = '/signed-out';

/** After a sign-out: the offer to sign out at the company too, and what the company says of that. */
export function registerSignOut(app: FastifyInstance, services: Services): void {
  app.get(SIGNED_OUT, async (request, reply) => showSignedOut(beginExchange(request, reply, services)));
  app.get(`${SIGNED_OUT}/provider`, async (request, reply) =>
    goToProvider(beginExchange(request, reply, services)),
  );
  app.get('/sign-in/saml/:provider/slo', async (request, reply) =>
    takeMessage(beginExchange(request, reply, services)),
  );
  // Some providers post their answer whatever our metadata says. It isn't read, and nothing changes by it.
  app.post('/sign-in/saml/:provider/slo', async (request, reply) => {
    const exchange = beginExchange(request, reply, services);
    await requireProvider(exchange, 'saml');
    return reply.redirect(SIGNED_OUT, 303);
  });
}

/** The cookie goes. Where a provider opened the session that ended, the page that follows offers its sign-out. */
export async function leave(exchange: PageExchange, ended: SessionId): Promise<FastifyReply> {
  const { reply, services } = exchange;
  clearSessionCookie(reply, services.secure);
  const offered = await findOfferedSignOut(ended, signOutContext(exchange));
  if (offered === undefined) return reply.redirect(SIGNED_OUT, 303);
  const context = { ...signOutContext(exchange), browserDigest: ensureBrowser(exchange) };
  return reply.redirect(`${SIGNED_OUT}?offer=${signOutTicketFor(ended, 'offered', context)}`, 303);
}

async function showSignedOut(exchange: PageExchange): Promise<FastifyReply> {
  const query = queryOf(exchange);
  const offered = await ofTicket(exchange, 'offered', query.get('offer'));
  const href = `${SIGNED_OUT}/provider?offer=${query.get('offer') ?? ''}`;
  if (offered !== undefined)
    return sendSignedOut(exchange, { kind: 'offered', name: offered.provider.name, href });
  const answered = await ofTicket(exchange, 'answered', query.get('state'));
  return sendSignedOut(exchange, answered && { kind: 'done', name: answered.provider.name });
}

/** Whatever this leads to, nobody is signed in here any more: it began with our own form. */
async function goToProvider(exchange: PageExchange): Promise<FastifyReply> {
  const browserDigest = knownBrowser(exchange);
  const offered = await ofTicket(exchange, 'offered', queryOf(exchange).get('offer'));
  if (offered === undefined || browserDigest === undefined) return exchange.reply.redirect(SIGNED_OUT, 302);
  const start = await beginProviderSignOut(offered, { ...signOutContext(exchange), browserDigest });
  const { id: provider, name } = offered.provider;
  if (start.kind === 'go') {
    exchange.request.log.info({ provider }, 'sent to an identity provider to sign out');
    return exchange.reply.redirect(start.location, 302);
  }
  const { reason, detail } = start;
  exchange.request.log.info({ refused: reason, detail, provider }, 'sign-out at a provider failed');
  return sendSignedOut(exchange, { kind: 'failed', name }, 422);
}

async function takeMessage(exchange: PageExchange): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const provider = await requireProvider(exchange, 'saml');
  const receipt = await receiveProviderSignOut(provider, rawQueryOf(exchange), signOutContext(exchange));
  switch (receipt.kind) {
    case 'signed-out':
      // Ours: whoever made the request with it wrote it in letters and digits.
      return reply.redirect(`${SIGNED_OUT}?state=${encodeURIComponent(receipt.state)}`, 302);
    case 'ended':
      request.log.info({ provider: provider.id, sessions: receipt.sessions }, 'signed out by a provider');
      return reply.redirect(receipt.location, 302);
    case 'failed': {
      const { reason, detail } = receipt;
      request.observed.check = 'provider-sign-out';
      request.log.info({ refused: reason, detail, provider: provider.id }, 'message of a provider refused');
      return sendSignedOut(exchange, { kind: 'refused', name: provider.name }, 422);
    }
  }
}

/** The session that a ticket names, in the browser that it was made for. */
async function ofTicket(
  exchange: PageExchange,
  use: TicketUse,
  ticket: string | undefined,
): Promise<OfferedSignOut | undefined> {
  const browserDigest = knownBrowser(exchange);
  if (ticket === undefined || browserDigest === undefined) return undefined;
  const context = signOutContext(exchange);
  const sessionId = sessionOfTicket(ticket, use, { ...context, browserDigest });
  return sessionId === undefined ? undefined : findOfferedSignOut(sessionId, context);
}

function signOutContext(exchange: PageExchange): SignOutContext {
  return { ...judgeContext(exchange), providerSessions: exchange.tenant.storage.providerSessions };
}

function sendSignedOut(
  exchange: PageExchange,
  provider: ProviderSignOut | undefined,
  status = 200,
): FastifyReply {
  const page = { kind: 'signed-out', signInPath: '/account' } as const;
  return sendPage(provider === undefined ? page : { ...page, provider }, exchange, { status });
}
