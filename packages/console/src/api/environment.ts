import { queryOptions } from '@tanstack/react-query';
import { api, taken, takenWithTag } from './client.js';
import type { EnvironmentPatch } from './types.js';

export const environmentKey = ['environment'] as const;

export const readEnvironment = () => takenWithTag(api.GET('/environment'));

export const environmentQuery = queryOptions({ queryKey: environmentKey, queryFn: readEnvironment });

export const changeEnvironment = (body: EnvironmentPatch, etag: string) =>
  takenWithTag(api.PATCH('/environment', { params: { header: { 'If-Match': etag } }, body }));

export const putEnvironmentLogo = (file: File) =>
  taken(
    api.PUT('/environment/logo', {
      // The document says that the body is bytes; what openapi-typescript makes of that is a string.
      body: file as unknown as string,
      bodySerializer: (body: unknown) => body as Blob,
      headers: { 'content-type': file.type },
    }),
  );

export const deleteEnvironmentLogo = () => taken(api.DELETE('/environment/logo'));
