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

const create = createRoute({
  getParentRoute: () => rootRoute,
  path: '/applications/new',
  component: lazyRouteComponent(() => import('./create/create-application.js'), 'CreateApplication'),
});

const application = createRoute({
  getParentRoute: () => rootRoute,
  path: '/applications/$clientId',
  component: lazyRouteComponent(() => import('./application-page.js'), 'ApplicationPage'),
});

const connect = createRoute({
  getParentRoute: () => application,
  path: '/',
  component: lazyRouteComponent(() => import('./connect/connect-tab.js'), 'ConnectTab'),
});

const tryIt = createRoute({
  getParentRoute: () => application,
  path: 'try',
  component: lazyRouteComponent(() => import('./try-it/try-it-tab.js'), 'TryItTab'),
});

const settings = createRoute({
  getParentRoute: () => application,
  path: 'settings',
  component: lazyRouteComponent(() => import('./settings/settings-tab.js'), 'SettingsTab'),
});

const secrets = createRoute({
  getParentRoute: () => application,
  path: 'secrets',
  component: lazyRouteComponent(() => import('./secrets/secrets-tab.js'), 'SecretsTab'),
});

const people = createRoute({
  getParentRoute: () => application,
  path: 'people',
  component: lazyRouteComponent(() => import('./people/people-tab.js'), 'PeopleTab'),
});

export const applicationRoutes = [
  list,
  create,
  application.addChildren([connect, tryIt, settings, secrets, people]),
] as const;
