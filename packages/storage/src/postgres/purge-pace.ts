import type { EnvironmentId } from '@fluxo/core';

/** One write in so many takes expired rows along; at most this many for each of them: more than they add. */
const WRITES_BETWEEN = 32;
const ROWS_PER_WRITE = 2;

/**
 * What has expired goes along with ordinary writes of its environment, counted by this node. By the real
 * time: an environment's own time may run ahead of it, never behind.
 */
export class PurgePace {
  readonly now: () => number;
  readonly #writes = new Map<EnvironmentId, number>();

  constructor(now: () => number) {
    this.now = now;
  }

  rowsFor(environmentId: EnvironmentId): number {
    const writes = (this.#writes.get(environmentId) ?? 0) + 1;
    this.#writes.set(environmentId, writes % WRITES_BETWEEN);
    return writes === WRITES_BETWEEN ? WRITES_BETWEEN * ROWS_PER_WRITE : 0;
  }
}
