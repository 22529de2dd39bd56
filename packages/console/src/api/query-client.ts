import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { meQuery } from './me.js';
import { ApiProblem, isProblem } from './problem.js';

const MOST_RETRIES = 2;

/** A refusal stays one, however often it is asked; only what may pass is tried again. */
const mayPass = (error: Error): boolean =>
  error instanceof ApiProblem && (error.name === 'unreachable' || error.status === 503);

/** Somebody signed out, or in again: who is here now is asked anew, and with the answer comes what proves it. */
function heedSession(error: Error): void {
  if (isProblem(error, 'not-signed-in') || isProblem(error, 'request-refused')) {
    void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
  }
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      // That question itself is not asked again because of its own answer.
      if (queryKey[0] !== meQuery.queryKey[0]) heedSession(error);
    },
  }),
  mutationCache: new MutationCache({ onError: heedSession }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < MOST_RETRIES && mayPass(error),
      // The server is on this machine, or says itself whether it can be reached.
      networkMode: 'always',
    },
    // Answers have secrets in them, which are shown once and not kept beside that.
    mutations: { networkMode: 'always', gcTime: 0 },
  },
});
