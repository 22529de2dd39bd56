import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { activityRoutes } from './views/activity/routes.js';
import { applicationRoutes } from './views/applications/routes.js';
import { environmentRoutes } from './views/environment/routes.js';
import { identityProviderRoutes } from './views/identity-providers/routes.js';
import { laneRoutes } from './views/lanes/routes.js';
import { userRoutes } from './views/users/routes.js';
import { NotFound } from './components/not-found.js';
import { Broken } from './components/broken.js';
import { rootRoute } from './shell/root-route.js';

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/applications', replace: true, throw: true });
  },
});

/** Each view is loaded when it is first opened. */
const routeTree = rootRoute.addChildren([
  home,
  ...applicationRoutes,
  ...activityRoutes,
  ...userRoutes,
  ...identityProviderRoutes,
  ...laneRoutes,
  ...environmentRoutes,
]);

export const router = createRouter({
  routeTree,
  basepath: '/console',
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: Broken,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
