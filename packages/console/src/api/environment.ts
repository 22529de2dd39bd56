import { queryOptions } from '@tanstack/react-query';
import { api, taken, takenWithTag } from './client.js';
import type { EnvironmentPatch } from './types.js';

export const environmentKey = ['environment'] as const;

export const readEnvironment = () => takenWithTag(api.GET('/api/v1/environment'));

export const environmentQuery = queryOptions({ queryKey: environmentKey, queryFn: readEnvironment });

export const changeEnvironment = (body: EnvironmentPatch, etag: string) =>
  takenWithTag(api.PATCH('/api/v1/environment', { headers: { 'if-match': etag }, body }));

export const putEnvironmentLogo = (file: File) =>
  taken(
    api.PUT('/api/v1/environment/logo', {
      // The document names the picture's types, and openapi-typescript knows no body that is not JSON.
      body: file as unknown as undefined,
      bodySerializer: (body: unknown) => body as Blob,
      headers: { 'content-type': file.type },
    }),
  );

export const deleteEnvironmentLogo = () => taken(api.DELETE('/api/v1/environment/logo'));
