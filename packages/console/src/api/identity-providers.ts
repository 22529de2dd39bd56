import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, taken, takenWithTag } from './client.js';
import { given } from './given.js';
import { isProblem } from './problem.js';
import type { IdentityProviderPatch, NewIdentityProvider } from './types.js';

const providersKey = ['identity-providers'] as const;
export const providerListKey = [...providersKey, 'list'] as const;
const providerKey = (id: string) => [...providersKey, 'one', id] as const;

export const providersQuery = infiniteQueryOptions({
  queryKey: providerListKey,
  queryFn: ({ pageParam }) =>
    taken(api.GET('/api/v1/identity-providers', { params: { query: given({ cursor: pageParam }) } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

const of = (id: string) => ({ path: { id } });

export const readProvider = (id: string) =>
  takenWithTag(api.GET('/api/v1/identity-providers/{id}', { params: of(id) }));

export const providerQuery = (id: string) =>
  queryOptions({ queryKey: [...providerKey(id), 'record'], queryFn: () => readProvider(id) });

/** Looked at again whenever somebody comes back from the provider's tab; null: nobody has tried it yet. */
export const lastTestQuery = (id: string) =>
  queryOptions({
    queryKey: [...providerKey(id), 'last-test'],
    queryFn: () =>
      taken(api.GET('/api/v1/identity-providers/{id}/last-test', { params: of(id) })).catch(
        (error: unknown) => {
          if (isProblem(error, 'not-found')) return null;
          throw error;
        },
      ),
    staleTime: 0,
  });

export const createProvider = (body: NewIdentityProvider) =>
  taken(api.POST('/api/v1/identity-providers', { body }));

export const changeProvider = (id: string, body: IdentityProviderPatch, etag: string) =>
  takenWithTag(
    api.PATCH('/api/v1/identity-providers/{id}', {
      params: of(id),
      headers: { 'if-match': etag },
      body,
    }),
  );

export const deleteProvider = (id: string, etag: string) =>
  taken(api.DELETE('/api/v1/identity-providers/{id}', { params: of(id), headers: { 'if-match': etag } }));

/** @returns where the test begins */
export const beginTest = (id: string) =>
  taken(api.POST('/api/v1/identity-providers/{id}/test', { params: of(id) }));
