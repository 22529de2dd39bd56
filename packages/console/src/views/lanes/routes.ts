import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route.js';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/lanes',
  component: lazyRouteComponent(() => import('./lane-list.js'), 'LaneList'),
});

const comparison = createRoute({
  getParentRoute: () => rootRoute,
  path: '/lanes/$lane',
  component: lazyRouteComponent(() => import('./comparison-view.js'), 'ComparisonView'),
});

export const laneRoutes = [list, comparison] as const;
