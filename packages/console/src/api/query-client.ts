import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.js';

const MOST_RETRIES = 2;

/** A refusal stays one, however often it is asked; only what may pass is tried again. */
const mayPass = (error: Error): boolean =>
  error instanceof ApiProblem && (error.name === 'unreachable' || error.status === 503);

export const queryClient = new QueryClient({
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
