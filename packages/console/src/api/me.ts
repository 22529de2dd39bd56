import { queryOptions } from '@tanstack/react-query';
import { api, keepCsrfToken, taken } from './client.js';

/** Who is signed in, and where. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const me = await taken(api.GET('/api/v1/me'));
    keepCsrfToken(me.csrf_token);
    return me;
  },
  staleTime: Infinity,
});
