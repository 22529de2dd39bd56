import { FluxoError } from './errors.js';

/** How long one request may go unanswered, in milliseconds. */
export const ATTEMPT_MS = 8_000;

/**
 * How long all attempts together may take, in milliseconds. Below the 30 seconds in which Fluxo gives an
 * application without a secret the same successor for the same refresh token again.
 */
const BUDGET_MS = 28_000;

const PAUSES_MS = [250, 1_000, 2_500];

/**
 * Repeats `attempt` while it fails with `unavailable`, a few times, with growing pauses or the `Retry-After`
 * that was asked for. Only for requests that may safely arrive twice.
 */
export async function repeatWhileUnavailable<T>(attempt: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  for (const pauseMs of PAUSES_MS) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof FluxoError) || error.code !== 'unavailable') throw error;
      // A little chance in each pause: a thousand clients must not come back in the same moment.
      const waitMs = Math.max(pauseMs * (1 + Math.random() / 4), (error.retryAfterSeconds ?? 0) * 1_000);
      if (performance.now() - startedAt + waitMs + ATTEMPT_MS > BUDGET_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return attempt();
}
