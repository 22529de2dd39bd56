import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.js';
import { registerActivity } from './activity.route.js';
import { guardRoutes } from './admin-api.js';
import { AdminProblem, sendAdminProblem } from './admin-problem.js';
import { registerApplicationConnections } from './application-connections.route.js';
import { registerApplicationKeys } from './application-keys.route.js';
import { registerApplicationLogo } from './application-logo.route.js';
import { registerApplicationSecrets } from './application-secrets.route.js';
import { registerApplications } from './applications.route.js';
import { takeBodies } from './bodies.js';
import { compileOnDemand } from './compile-on-demand.js';
import { registerDocument } from './document.js';
import { registerEnvironment } from './environment.route.js';
import { registerEnvironments } from './environments.route.js';
import { registerIdentityProviders } from './identity-providers.route.js';
import { registerLanes } from './lanes.route.js';
import { registerMe } from './me.route.js';
import { refuseOtherMethods } from './other-methods.js';
import { registerUserConnections } from './user-connections.route.js';
import { registerUsers } from './users.route.js';

/** `/api/v1`: what administrators, their scripts and operators manage. */
export function adminSurface(services: Services) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(sendAdminProblem);
    compileOnDemand(app);
    takeBodies(app);
    guardRoutes(app, services);
    const refuseOthers = refuseOtherMethods(app);
    await registerDocument(app);
    const api = app.withTypeProvider<TypeBoxTypeProvider>();
    for (const register of ROUTES) register(api, services);
    refuseOthers();
    app.setNotFoundHandler((request, reply) => {
      const problem = new AdminProblem('not-found', 'There is nothing at this address. See /api/v1/docs.');
      return sendAdminProblem(problem, request, reply);
    });
  };
}

const ROUTES = [
  registerMe,
  registerApplications,
  registerApplicationLogo,
  registerApplicationSecrets,
  registerApplicationKeys,
  registerApplicationConnections,
  registerUsers,
  registerUserConnections,
  registerEnvironment,
  registerIdentityProviders,
  registerActivity,
  registerLanes,
  registerEnvironments,
] as const;
