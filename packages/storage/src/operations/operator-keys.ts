import type { OperatorKey, OperatorKeyDigest, OperatorKeyId } from '@fluxo/core';
import type { Selectable } from 'kysely';
import { all, change, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { QueryBuilder } from '../scope.js';

function toOperatorKey(row: Selectable<Tables['operator_keys']>): OperatorKeyDigest {
  return {
    id: row.id as OperatorKeyId,
    note: row.note,
    lastCharacters: row.last_characters,
    // A tombstone's digest is gone: nothing equals an empty one.
    digest: row.digest ?? new Uint8Array(),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    deletedAt: row.deleted_at,
  };
}

export function operatorKeyOperations(db: QueryBuilder) {
  return {
    reads: {
      *find(id: OperatorKeyId): Operation<OperatorKeyDigest | undefined> {
        const row = yield* first(db.selectFrom('operator_keys').selectAll().where('id', '=', id));
        return row && toOperatorKey(row);
      },
      *list(): Operation<readonly OperatorKey[]> {
        const rows = yield* all(db.selectFrom('operator_keys').selectAll().orderBy('id'));
        return rows.map((row) => {
          const { id, note, lastCharacters, createdAt, lastUsedAt, deletedAt } = toOperatorKey(row);
          return { id, note, lastCharacters, createdAt, lastUsedAt, deletedAt };
        });
      },
    },
    writes: {
      *create(key: OperatorKeyDigest): Operation<void> {
        yield* change(
          db.insertInto('operator_keys').values({
            id: key.id,
            digest: key.digest,
            note: key.note,
            last_characters: key.lastCharacters,
            created_at: key.createdAt,
            last_used_at: key.lastUsedAt,
            deleted_at: key.deletedAt,
          }),
        );
      },
      *delete(id: OperatorKeyId, at: number): Operation<boolean> {
        const deleted = yield* change(
          db
            .updateTable('operator_keys')
            .set({ digest: null, deleted_at: at })
            .where('id', '=', id)
            .where('deleted_at', 'is', null),
        );
        return deleted > 0;
      },
      *noteUse(id: OperatorKeyId, at: number): Operation<void> {
        yield* change(
          db
            .updateTable('operator_keys')
            .set({ last_used_at: at })
            .where('id', '=', id)
            .where('deleted_at', 'is', null)
            .where((is) => is.or([is('last_used_at', 'is', null), is('last_used_at', '<', at)])),
        );
      },
    },
  };
}
