import { change, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';

/** A node whose clock is behind, or was set back, still accepts what is over for the one that removes rows. */
const USED_KEPT_MS = 3_600_000;

export function replayOperations({ db, environmentId }: Scope) {
  return {
    reads: {},
    writes: {
      /** The key of the table is the rule. A row that is over isn't taken again: it goes with the purge. */
      *useOnce(digest: Uint8Array, expiresAt: number, now: number): Operation<boolean> {
        if (expiresAt <= now) return false;
        const used = yield* change(
          db
            .insertInto('used_once')
            .values({ environment_id: environmentId, digest, purge_after: expiresAt + USED_KEPT_MS })
            .onConflict((conflict) => conflict.columns(['environment_id', 'digest']).doNothing()),
        );
        return used === 1;
      },
    },
  };
}
