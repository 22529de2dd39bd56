import type { KeyStore } from '@fluxo/core';
import { sql } from '../kysely.js';
import { bindOperations } from '../bind-operations.js';
import { change, type Operation } from '../operation.js';
import { keyOperations } from '../operations/keys.js';
import type { QueryBuilder } from '../scope.js';
import type { PostgresExecutor } from './postgres-executor.js';

export function keyStore(executor: PostgresExecutor, db: QueryBuilder): KeyStore {
  const { reads, writes } = keyOperations(db);
  const anywhere = executor.runnerFor(undefined);
  return {
    ...bindOperations(anywhere, { reads, writes }),
    admit: (keyIds, now) => anywhere.write(() => alone(db, writes.admit(keyIds, now))),
  };
}

/** An empty table has no row to wait for: nodes that start at once wait for the table. */
function* alone<T>(db: QueryBuilder, operation: Operation<T>): Operation<T> {
  yield* change({ compile: () => sql`LOCK TABLE key_fingerprints IN EXCLUSIVE MODE`.compile(db) });
  return yield* operation;
}
