import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { takeRawBodies } from '../../http/body.js';
import type { Services } from '../../services.js';
import { registerAccountSecondFactor } from './account-second-factor.route.js';
import { registerAccount } from './account.route.js';
import { registerAuthorize } from './authorize.route.js';
import { registerConsent } from './consent.route.js';
import { registerForgotPassword } from './forgot-password.route.js';
import { registerLogos } from './logo.route.js';
import { registerNewPassword } from './new-password.route.js';
import { registerAssets } from './page-assets.js';
import { PageProblem, sendPageError } from './page-problem.js';
import { registerProviderSignIn } from './provider-sign-in.route.js';
import { registerSamlSignIn } from './saml-sign-in.route.js';
import { registerSecondFactor } from './second-factor.route.js';
import { registerSignIn } from './sign-in.route.js';
import { registerSignOut } from './sign-out.route.js';

/** What people see: rendered here, no script needed. */
export function pagesSurface(services: Services) {
  // eslint-disable-next-line @typescript-eslint/require-await -- a Fastify plugin is a promise
  return async (app: FastifyInstance): Promise<void> => {
    takeRawBodies(app);
    app.setErrorHandler(sendPageError);
    app.addHook('onRequest', async (request, reply) => redirectAlias(request, reply));
    registerAssets(app);
    registerAuthorize(app, services);
    registerSignIn(app, services);
    registerProviderSignIn(app, services);
    registerSamlSignIn(app, services);
    registerSecondFactor(app, services);
    registerForgotPassword(app, services);
    registerNewPassword(app, services);
    registerConsent(app, services);
    registerAccount(app, services);
    registerAccountSecondFactor(app, services);
    registerSignOut(app, services);
    registerLogos(app, services);
  };
}

/** Pages live on the environment's one origin: cookies are bound to it. */
export async function redirectAlias(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { site } = request;
  if (site?.kind !== 'environment' || !site.alias) return undefined;
  if (request.method === 'GET' || request.method === 'HEAD') {
    return reply.redirect(`${site.origin}${request.raw.url ?? ''}`, 302);
  }
  return sendPageError(new PageProblem({ kind: 'request-refused' }, 403), request, reply);
}
