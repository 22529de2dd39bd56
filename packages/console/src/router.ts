import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { applicationRoutes } from './views/applications/routes.js';
import { NotFound } from './components/not-found.js';
import { Broken } from './components/broken.js';
import { rootRoute } from './shell/root-route.js';

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/applications', replace: true });
  },
});

/** Each view is loaded when it is first opened. */
const routeTree = rootRoute.addChildren([home, ...applicationRoutes]);

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
