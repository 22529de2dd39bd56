import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';
import { applicationKey } from './applications.js';
import { api, taken } from './client.js';
import { given } from './given.js';
import type { Schemas } from './types.js';

interface Page<Item> {
  readonly items: Item[];
  readonly next_cursor: string | null;
}

/** What belongs to one application, page by page. */
function partQuery<Item>(queryKey: QueryKey, load: (cursor?: string) => Promise<Page<Item>>) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

const at = (clientId: string) => ({ client_id: clientId });

export const secretsQuery = (clientId: string) =>
  partQuery([...applicationKey(clientId), 'secrets'], () =>
    taken(
      api.GET('/api/v1/applications/{client_id}/secrets', {
        params: { path: at(clientId) },
      }),
    ),
  );

export const createSecret = (clientId: string, note: string | undefined) =>
  taken(
    api.POST('/api/v1/applications/{client_id}/secrets', {
      params: { path: at(clientId) },
      body: given({ note }),
    }),
  );

export const deleteSecret = (clientId: string, secretId: string) =>
  taken(
    api.DELETE('/api/v1/applications/{client_id}/secrets/{secret_id}', {
      params: { path: { ...at(clientId), secret_id: secretId } },
    }),
  );

export const keysQuery = (clientId: string) =>
  partQuery([...applicationKey(clientId), 'keys'], () =>
    taken(
      api.GET('/api/v1/applications/{client_id}/keys', {
        params: { path: at(clientId) },
      }),
    ),
  );

export const createKey = (clientId: string, body: Schemas['NewKey']) =>
  taken(api.POST('/api/v1/applications/{client_id}/keys', { params: { path: at(clientId) }, body }));

export const deleteKey = (clientId: string, keyId: string) =>
  taken(
    api.DELETE('/api/v1/applications/{client_id}/keys/{key_id}', {
      params: { path: { ...at(clientId), key_id: keyId } },
    }),
  );

export const connectionsQuery = (clientId: string) =>
  partQuery([...applicationKey(clientId), 'connections'], (cursor) =>
    taken(
      api.GET('/api/v1/applications/{client_id}/connections', {
        params: { path: at(clientId), query: given({ cursor }) },
      }),
    ),
  );

export const deleteConnection = (clientId: string, consentId: string) =>
  taken(
    api.DELETE('/api/v1/applications/{client_id}/connections/{consent_id}', {
      params: { path: { ...at(clientId), consent_id: consentId } },
    }),
  );
