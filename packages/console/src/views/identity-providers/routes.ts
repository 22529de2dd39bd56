import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.js';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/identity-providers',
  component: lazyRouteComponent(() => import('./provider-list.js'), 'ProviderList'),
});

const create = createRoute({
  getParentRoute: () => rootRoute,
  path: '/identity-providers/new',
  component: lazyRouteComponent(() => import('./new-provider.js'), 'NewProviderView'),
});

const provider = createRoute({
  getParentRoute: () => rootRoute,
  path: '/identity-providers/$id',
  component: lazyRouteComponent(() => import('./provider-page.js'), 'ProviderPage'),
});

export const identityProviderRoutes = [list, create, provider] as const;
