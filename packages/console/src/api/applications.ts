import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, taken, takenWithTag } from './client.js';
import { given } from './given.js';
import type { ApplicationPatch, CreatedApplication, Kind, NewApplication } from './types.js';

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

const clientPath = (clientId: string) => ({ path: { client_id: clientId } });

export const createApplication = (body: NewApplication): Promise<CreatedApplication> =>
  taken(api.POST('/applications', { body }));

/** @param etag of what was read: refused with 412 where somebody else changed it since */
export const updateApplication = (clientId: string, etag: string, body: ApplicationPatch) =>
  takenWithTag(
    api.PATCH('/applications/{client_id}', {
      params: { ...clientPath(clientId), header: { 'If-Match': etag } },
      body,
    }),
  );

export const deleteApplication = (clientId: string, etag: string) =>
  taken(
    api.DELETE('/applications/{client_id}', {
      params: { ...clientPath(clientId), header: { 'If-Match': etag } },
    }),
  );

/** Whether a redirect URL would be taken, and why not. The same URL always has the same answer. */
export const redirectUrlCheckQuery = (kind: Kind, url: string) =>
  queryOptions({
    queryKey: ['redirect-url-check', kind, url],
    queryFn: () => taken(api.POST('/applications/check-redirect-url', { body: { kind, url } })),
    enabled: url !== '',
    staleTime: Infinity,
    retry: false,
  });

export const putLogo = (clientId: string, file: File) =>
  taken(
    api.PUT('/applications/{client_id}/logo', {
      params: clientPath(clientId),
      // The bytes as they are: the document calls them a string.
      body: file as unknown as string,
      bodySerializer: (body: unknown) => body as File,
      headers: { 'content-type': file.type },
    }),
  );

export const deleteLogo = (clientId: string) =>
  taken(api.DELETE('/applications/{client_id}/logo', { params: clientPath(clientId) }));

export const disconnectAll = (clientId: string) =>
  taken(api.POST('/applications/{client_id}/disconnect-all', { params: clientPath(clientId) }));
