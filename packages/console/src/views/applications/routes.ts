import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ApplicationFilter } from '../../api/applications.js';
import { rootRoute } from '../../shell/root-route.js';
import { isKind } from './kinds.js';

/** The list's filter stands in the address, so that it can be kept and sent to somebody. */
function readFilter(search: Readonly<Record<string, unknown>>): ApplicationFilter {
  const { q, kind, state } = search;
  return {
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
    ...(isKind(kind) ? { kind } : {}),
    ...(state === 'enabled' || state === 'disabled' ? { state } : {}),
  };
}

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/applications',
  validateSearch: readFilter,
  component: lazyRouteComponent(() => import('./application-list.js'), 'ApplicationList'),
});

const application = createRoute({
  getParentRoute: () => rootRoute,
  path: '/applications/$clientId',
  component: lazyRouteComponent(() => import('./application-page.js'), 'ApplicationPage'),
});

export const applicationRoutes = [list, application] as const;
