import { findFlow, issueResetLink, passwordLinkRules, usernameKey } from '@fluxo/core';
import { pickLocale, type ForgotPasswordProblem } from '@fluxo/ui';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Mail } from '../../adapters/mail/mail-transport.js';
import { passwordLinkMail } from '../../adapters/mail/password-link-mail.js';
import { networkOf } from '../../adapters/network.js';
import type { Services } from '../../services.js';
import { knownBrowser } from './browser.js';
import { flowTokenOf } from './flow-page.js';
import { passwordLinkContext } from './new-password.route.js';
import { beginExchange, readOwnForm, throttled, type PageExchange } from './page-request.js';
import { sendPage } from './send-page.js';

const PATH = '/forgot-password';
const MAX_USERNAME_CHARACTERS = 256;

/** *Forgot your password?* Nothing here tells whether there is such a user. */
export function registerForgotPassword(app: FastifyInstance, services: Services): void {
  app.get(PATH, async (request, reply) => {
    const exchange = beginExchange(request, reply, services);
    return sendForm(exchange, { username: await typedBefore(exchange) });
  });
  app.post(PATH, async (request, reply) => takeUsername(beginExchange(request, reply, services)));
  app.get(`${PATH}/sent`, (request, reply) =>
    sendPage(
      { kind: 'forgot-password-sent', signInPath: '/account' },
      beginExchange(request, reply, services),
    ),
  );
}

interface FormState {
  readonly username?: string | undefined;
  readonly problem?: ForgotPasswordProblem;
  readonly status?: number;
}

function sendForm(exchange: PageExchange, { username, problem, status }: FormState): FastifyReply {
  return sendPage(
    {
      ...{ kind: 'forgot-password', action: PATH },
      ...(username === undefined ? {} : { username }),
      ...(problem === undefined ? {} : { problem }),
    },
    exchange,
    { status: status ?? 200 },
  );
}

/** From the sign-in that the person comes from, if it is this browser's. */
async function typedBefore(exchange: PageExchange): Promise<string | undefined> {
  const { storage, now } = exchange.tenant;
  const found = await findFlow(flowTokenOf(exchange) ?? '', knownBrowser(exchange), {
    ...{ flows: storage.flows, now },
  });
  return found.kind === 'found' ? (found.flow.username ?? undefined) : undefined;
}

async function takeUsername(exchange: PageExchange): Promise<FastifyReply> {
  const { request, reply, services, tenant } = exchange;
  const username = readOwnForm(exchange).get('username')?.trim() ?? '';
  if (username === '' || username.length > MAX_USERNAME_CHARACTERS) {
    return sendForm(exchange, { problem: { kind: 'username-missing' }, status: 422 });
  }
  const rules = passwordLinkRules(usernameKey(username), networkOf(request.ip));
  const retryAt = await tenant.storage.throttle.take(rules, tenant.now);
  if (retryAt !== undefined) {
    return sendForm(exchange, { username, ...throttled(retryAt, 'password link', exchange) });
  }
  const mail = mailFor(username, exchange);
  services.mails.send(mail);
  return reply.redirect(`${PATH}/sent`, 303);
}

/** What is looked up is looked up behind the answer, which so takes as long for everybody. */
function mailFor(username: string, exchange: PageExchange): () => Promise<Mail | undefined> {
  const { environment, origin } = exchange.tenant;
  const context = passwordLinkContext(exchange);
  const locale = pickLocale(undefined, exchange.request.headers['accept-language']);
  return async () => {
    const issued = await issueResetLink(username, context);
    return issued && passwordLinkMail(issued, { organization: environment.name, origin, locale });
  };
}
