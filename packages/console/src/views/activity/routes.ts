import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ActivityFilter } from '../../api/activity.js';
import { rootRoute } from '../../shell/root-route.js';

const NAMES = ['q', 'type', 'wid', 'client_id', 'from', 'to'] as const satisfies (keyof ActivityFilter)[];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The filter stands in the address, so that what somebody found can be sent to somebody else. */
function readFilter(search: Readonly<Record<string, unknown>>): ActivityFilter {
  const texts = NAMES.map((name) => [name, search[name]] as const).filter(([name, value]) => {
    if (typeof value !== 'string' || value === '') return false;
    return name === 'from' || name === 'to' ? DAY.test(value) && !Number.isNaN(Date.parse(value)) : true;
  });
  return Object.fromEntries(texts);
}

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activity',
  validateSearch: readFilter,
  component: lazyRouteComponent(() => import('./activity-view.js'), 'ActivityView'),
});

export const activityRoutes = [list] as const;
