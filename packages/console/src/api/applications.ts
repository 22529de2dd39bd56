import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, taken, takenWithTag } from './client.js';
import { given } from './given.js';
import type { Kind } from './types.js';

export interface ApplicationFilter {
  readonly q?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly state?: 'enabled' | 'disabled' | undefined;
}

export const applicationsKey = ['applications'] as const;
export const applicationKey = (clientId: string) => [...applicationsKey, clientId] as const;

export const applicationsQuery = (filter: ApplicationFilter) =>
  infiniteQueryOptions({
    queryKey: [...applicationsKey, 'list', filter],
    queryFn: ({ pageParam }) =>
      taken(api.GET('/applications', { params: { query: given({ ...filter, cursor: pageParam }) } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const applicationQuery = (clientId: string) =>
  queryOptions({
    queryKey: applicationKey(clientId),
    queryFn: () =>
      takenWithTag(api.GET('/applications/{client_id}', { params: { path: { client_id: clientId } } })),
  });
