import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, taken } from './client.js';

export const lanesKey = ['lanes'] as const;

/** All of them come at once: an organization has few. */
export const lanesQuery = infiniteQueryOptions({
  queryKey: [...lanesKey, 'list'],
  queryFn: () => taken(api.GET('/api/v1/lanes')),
  initialPageParam: undefined,
  getNextPageParam: () => undefined,
});

export const comparisonQuery = (lane: string) =>
  queryOptions({
    queryKey: [...lanesKey, 'comparison', lane],
    queryFn: () => taken(api.GET('/api/v1/lanes/{lane}/comparison', { params: { path: { lane } } })),
  });

export const createLane = (lane: string) => taken(api.POST('/api/v1/lanes', { body: { lane } }));

export const copyToLane = (lane: string, clientIds: readonly string[]) =>
  taken(
    api.POST('/api/v1/lanes/{lane}/copy', {
      params: { path: { lane } },
      body: { client_ids: [...clientIds] },
    }),
  );
