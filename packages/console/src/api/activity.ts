import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, taken } from './client.js';
import { given } from './given.js';

/** As it stands in the address of the view. */
export interface ActivityFilter {
  readonly q?: string | undefined;
  /** Types or beginnings of types, parted by commas. */
  readonly type?: string | undefined;
  readonly wid?: string | undefined;
  readonly client_id?: string | undefined;
  /** Days of whoever reads, `2026-11-27`; both are part of what is shown. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const activityKey = ['activity'] as const;

/** What the API is asked for. */
function toQuery({ q, type, wid, client_id, from, to }: ActivityFilter) {
  return given({
    ...{ q, wid, client_id },
    type: type?.split(','),
    from: from === undefined ? undefined : startOf(from).toISOString(),
    to: to === undefined ? undefined : new Date(nextDay(startOf(to)).getTime() - 1).toISOString(),
  });
}

const startOf = (day: string): Date => new Date(`${day}T00:00:00`);

/** Not 24 hours later: some days have 23 or 25. */
function nextDay(day: Date): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1);
}

export const activityQuery = (filter: ActivityFilter) =>
  infiniteQueryOptions({
    queryKey: [...activityKey, 'list', filter],
    queryFn: ({ pageParam }) =>
      taken(
        api.GET('/api/v1/activity', {
          params: { query: { ...toQuery(filter), ...given({ cursor: pageParam }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** Reads the whole log on the server: it isn't asked each time somebody looks up from another window. */
export const sealQuery = queryOptions({
  queryKey: [...activityKey, 'seal'],
  queryFn: () => taken(api.GET('/api/v1/activity/seal')),
  staleTime: 60_000,
  refetchOnWindowFocus: false,
});

/** Everything that the filter finds, as a table. */
export function activityCsvPath(filter: ActivityFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(toQuery(filter))) {
    for (const each of [value].flat()) query.append(name, each);
  }
  const text = query.toString();
  return `/api/v1/activity.csv${text === '' ? '' : `?${text}`}`;
}
