import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { UserFilter } from '../../api/users.js';
import { rootRoute } from '../../shell/root-route.js';

function readFilter(search: Readonly<Record<string, unknown>>): UserFilter {
  const { q, state } = search;
  return {
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
    ...(state === 'enabled' || state === 'disabled' ? { state } : {}),
  };
}

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/users',
  validateSearch: readFilter,
  component: lazyRouteComponent(() => import('./user-list.js'), 'UserList'),
});

const create = createRoute({
  getParentRoute: () => rootRoute,
  path: '/users/new',
  component: lazyRouteComponent(() => import('./new-user.js'), 'NewUserView'),
});

const user = createRoute({
  getParentRoute: () => rootRoute,
  path: '/users/$wid',
  component: lazyRouteComponent(() => import('./user-page.js'), 'UserPage'),
});

export const userRoutes = [list, create, user] as const;
