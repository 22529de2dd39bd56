import { judgeKeys, type KeyAdmission, type KeyRecord } from '@fluxo/core';
import { all, change, type Operation } from '../operation.js';
import type { QueryBuilder } from '../scope.js';

/** The driver sees to it that two admissions never run at once. */
export function keyOperations(db: QueryBuilder) {
  function* list(): Operation<readonly KeyRecord[]> {
    const rows = yield* all(
      db.selectFrom('key_fingerprints').selectAll().orderBy('first_seen_at').orderBy('key_id'),
    );
    return rows.map((row) => ({
      keyId: row.key_id,
      firstSeenAt: row.first_seen_at,
      retiredAt: row.retired_at,
    }));
  }
  return {
    reads: { list },
    writes: {
      *admit(keyIds: readonly string[], now: number): Operation<KeyAdmission> {
        const admission = judgeKeys(keyIds, yield* list());
        if (admission.kind !== 'admitted') return admission;
        for (const keyId of admission.added) {
          yield* change(
            db.insertInto('key_fingerprints').values({ key_id: keyId, first_seen_at: now, retired_at: null }),
          );
        }
        return admission;
      },
      *retire(keyId: string, now: number): Operation<boolean> {
        const retired = yield* change(
          db
            .updateTable('key_fingerprints')
            .set((build) => ({ retired_at: build.fn.coalesce('retired_at', build.val(now)) }))
            .where('key_id', '=', keyId),
        );
        return retired > 0;
      },
    },
  };
}
