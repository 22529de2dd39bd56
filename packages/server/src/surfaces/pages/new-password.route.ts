import {
  findPasswordLink,
  InputError,
  listConnections,
  setPasswordByLink,
  UnavailableError,
  type LivePasswordLink,
  type ParameterSet,
  type PasswordLinkContext,
} from '@fluxo/core';
import type { NewPasswordProblem } from '@fluxo/ui';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { clearSessionCookie } from '../../http/cookies.js';
import type { Services } from '../../services.js';
import { toApplicationCard } from './application-card.js';
import { queryOf } from './flow-page.js';
import { PageProblem } from './page-problem.js';
import { beginExchange, readOwnForm, type PageExchange } from './page-request.js';
import { sendPage } from './send-page.js';

const PATH = '/new-password';

/** Where a link from an e-mail leads. Opening it changes nothing: mail scanners open links too. */
export function registerNewPassword(app: FastifyInstance, services: Services): void {
  app.get(PATH, async (request, reply) => {
    const exchange = beginExchange(request, reply, services);
    const token = queryOf(exchange).get('link') ?? '';
    return sendForm(exchange, { token, live: await requireLink(token, exchange) }, {});
  });
  app.post(PATH, async (request, reply) => takePassword(beginExchange(request, reply, services)));
}

export function passwordLinkContext({ tenant, services }: PageExchange): PasswordLinkContext {
  const { environment, storage } = tenant;
  const { users, passwordLinks } = storage;
  return {
    ...{ environmentId: environment.id, essentials: services.essentials, users, passwordLinks },
    singleSignOn: environment.settings,
  };
}

interface OpenedLink {
  readonly token: string;
  readonly live: LivePasswordLink;
}

/** @throws PageProblem for a link that was used, replaced, is too old, or of another environment */
async function requireLink(token: string, exchange: PageExchange): Promise<LivePasswordLink> {
  const live = await findPasswordLink(token, passwordLinkContext(exchange));
  if (live === undefined) throw new PageProblem({ kind: 'link-gone' }, 410);
  return live;
}

interface FormState {
  readonly problem?: NewPasswordProblem;
  readonly status?: number;
}

async function sendForm(
  exchange: PageExchange,
  { token, live }: OpenedLink,
  { problem, status }: FormState,
): Promise<FastifyReply> {
  const { storage, now } = exchange.tenant;
  const connections = await listConnections(live.user, storage.grants, now);
  return sendPage(
    {
      kind: 'new-password',
      form: { action: PATH, hidden: { link: token } },
      ...{ purpose: live.link.purpose, username: live.user.username },
      connections: connections.map(({ application }) => toApplicationCard(application)),
      ...(problem === undefined ? {} : { problem }),
    },
    exchange,
    { status: status ?? 200 },
  );
}

async function takePassword(exchange: PageExchange): Promise<FastifyReply> {
  const form = readOwnForm(exchange);
  const token = form.get('link') ?? '';
  const opened = { token, live: await requireLink(token, exchange) };
  const again = (problem: NewPasswordProblem, status = 422): Promise<FastifyReply> =>
    sendForm(exchange, opened, { problem, status });
  if (form.get('password') === undefined) return again({ kind: 'password-missing' });
  try {
    return await choose(opened.live, form, exchange);
  } catch (error) {
    if (error instanceof InputError) return again({ kind: 'password-length' });
    if (!(error instanceof UnavailableError)) throw error;
    exchange.request.log.warn({ err: error }, 'new password postponed');
    exchange.reply.header('retry-after', error.retryAfterSeconds);
    return again({ kind: 'busy' }, 503);
  }
}

async function choose(
  live: LivePasswordLink,
  form: ParameterSet,
  exchange: PageExchange,
): Promise<FastifyReply> {
  const endsConnections = form.get('end_connections') === 'yes';
  const { passwordHasher, secure } = exchange.services;
  const outcome = await setPasswordByLink(
    live,
    { password: form.get('password') ?? '', endsConnections },
    { ...passwordLinkContext(exchange), passwordHasher },
  );
  if (outcome === 'gone') throw new PageProblem({ kind: 'link-gone' }, 410);
  // Whoever was signed in here isn't any more, or is somebody else: the next sign-in begins afresh.
  clearSessionCookie(exchange.reply, secure);
  const { purpose } = live.link;
  return sendPage({ kind: 'new-password-done', purpose, endsConnections, signInPath: '/account' }, exchange);
}
