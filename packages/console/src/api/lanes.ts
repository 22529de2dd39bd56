import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, taken } from './client.js';
import { given } from './given.js';

export const lanesKey = ['lanes'] as const;

export const lanesQuery = infiniteQueryOptions({
  queryKey: [...lanesKey, 'list'],
  queryFn: ({ pageParam }) => taken(api.GET('/lanes', { params: { query: given({ cursor: pageParam }) } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export const comparisonQuery = (lane: string) =>
  infiniteQueryOptions({
    queryKey: [...lanesKey, 'comparison', lane],
    queryFn: ({ pageParam }) =>
      taken(
        api.GET('/lanes/{lane}/comparison', {
          params: { path: { lane }, query: given({ cursor: pageParam }) },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const createLane = (lane: string) => taken(api.POST('/lanes', { body: { lane } }));

export const copyToLane = (lane: string, clientIds: readonly string[]) =>
  taken(api.POST('/lanes/{lane}/copy', { params: { path: { lane } }, body: { client_ids: [...clientIds] } }));
