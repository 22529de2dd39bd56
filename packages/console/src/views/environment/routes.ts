import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.js';

const settings = createRoute({
  getParentRoute: () => rootRoute,
  path: '/environment',
  component: lazyRouteComponent(() => import('./environment-page.js'), 'EnvironmentPage'),
});

export const environmentRoutes = [settings] as const;
