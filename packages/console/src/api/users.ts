import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, taken, takenWithTag } from './client.js';
import { given } from './given.js';
import type { NewUser, UserPatch } from './types.js';

export interface UserFilter {
  readonly q?: string | undefined;
  readonly state?: 'enabled' | 'disabled' | undefined;
}

const usersKey = ['users'] as const;
export const userKey = (wid: string) => [...usersKey, 'one', wid] as const;
export const userListsKey = [...usersKey, 'list'] as const;
export const userConnectionsKey = (wid: string) => [...userKey(wid), 'connections'] as const;

export const usersQuery = (filter: UserFilter) =>
  infiniteQueryOptions({
    queryKey: [...userListsKey, filter],
    queryFn: ({ pageParam }) =>
      taken(api.GET('/api/v1/users', { params: { query: given({ ...filter, cursor: pageParam }) } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

const of = (wid: string) => ({ path: { wid } });

export const readUser = (wid: string) => takenWithTag(api.GET('/api/v1/users/{wid}', { params: of(wid) }));

export const userQuery = (wid: string) =>
  queryOptions({ queryKey: [...userKey(wid), 'record'], queryFn: () => readUser(wid) });

export const userConnectionsQuery = (wid: string) =>
  infiniteQueryOptions({
    queryKey: userConnectionsKey(wid),
    queryFn: ({ pageParam }) =>
      taken(
        api.GET('/api/v1/users/{wid}/connections', {
          params: { ...of(wid), query: given({ cursor: pageParam }) },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const createUser = (body: NewUser) => taken(api.POST('/api/v1/users', { body }));

export const changeUser = (wid: string, body: UserPatch, etag: string) =>
  takenWithTag(api.PATCH('/api/v1/users/{wid}', { params: of(wid), headers: { 'if-match': etag }, body }));

export const deleteUser = (wid: string, etag: string) =>
  taken(api.DELETE('/api/v1/users/{wid}', { params: of(wid), headers: { 'if-match': etag } }));

export const sendPasswordLink = (wid: string) =>
  taken(api.POST('/api/v1/users/{wid}/password-link', { params: of(wid) }));

export const signOutUser = (wid: string) =>
  taken(api.POST('/api/v1/users/{wid}/sign-out', { params: of(wid) }));

export const removeSecondFactor = (wid: string) =>
  taken(api.DELETE('/api/v1/users/{wid}/second-factor', { params: of(wid) }));

export const disconnectUser = (wid: string, consentId: string) =>
  taken(
    api.DELETE('/api/v1/users/{wid}/connections/{consent_id}', {
      params: { path: { wid, consent_id: consentId } },
    }),
  );
