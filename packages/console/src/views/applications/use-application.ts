import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { applicationQuery } from '../../api/applications.js';
import type { Tagged } from '../../api/client.js';
import type { Application } from '../../api/types.js';

const route = getRouteApi('/applications/$clientId');

/** The application that the page around is about: it is loaded before any of its tabs is shown. */
export function useApplication(): Tagged<Application> {
  const { clientId } = route.useParams();
  return useSuspenseQuery(applicationQuery(clientId)).data;
}
