import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, taken, takenWithTag } from './client.js';
import { given } from './given.js';
import type { ApplicationChange, RegisteredApplication, Kind, NewApplication } from './types.js';

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
      taken(api.GET('/api/v1/applications', { params: { query: given({ ...filter, cursor: pageParam }) } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

const clientPath = (clientId: string) => ({ path: { client_id: clientId } });

export const readApplication = (clientId: string) =>
  takenWithTag(api.GET('/api/v1/applications/{client_id}', { params: clientPath(clientId) }));

export const applicationQuery = (clientId: string) =>
  queryOptions({ queryKey: applicationKey(clientId), queryFn: () => readApplication(clientId) });

export const createApplication = (body: NewApplication): Promise<RegisteredApplication> =>
  taken(api.POST('/api/v1/applications', { body }));

/** @param etag of what was read: refused with 412 where somebody else changed it since */
export const updateApplication = (clientId: string, etag: string, body: ApplicationChange) =>
  takenWithTag(
    api.PATCH('/api/v1/applications/{client_id}', {
      params: clientPath(clientId),
      headers: { 'if-match': etag },
      body,
    }),
  );

export const deleteApplication = (clientId: string, etag: string) =>
  taken(
    api.DELETE('/api/v1/applications/{client_id}', {
      params: clientPath(clientId),
      headers: { 'if-match': etag },
    }),
  );

/** Whether a redirect URL would be taken, and why not. The same URL always has the same answer. */
export const redirectUrlCheckQuery = (kind: Kind, url: string) =>
  queryOptions({
    queryKey: ['redirect-url-check', kind, url],
    queryFn: () => taken(api.POST('/api/v1/applications/check-redirect-url', { body: { kind, url } })),
    enabled: url !== '',
    staleTime: Infinity,
    retry: false,
  });

export const putLogo = (clientId: string, file: File) =>
  taken(
    api.PUT('/api/v1/applications/{client_id}/logo', {
      params: clientPath(clientId),
      // The document has no schema for a picture: it goes as it is.
      body: file as unknown as undefined,
      bodySerializer: () => file,
      headers: { 'content-type': file.type },
    }),
  );

export const deleteLogo = (clientId: string) =>
  taken(api.DELETE('/api/v1/applications/{client_id}/logo', { params: clientPath(clientId) }));

export const disconnectAll = (clientId: string) =>
  taken(api.POST('/api/v1/applications/{client_id}/disconnect-all', { params: clientPath(clientId) }));
