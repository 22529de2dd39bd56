import {
  BrokenChainError,
  type AuditEventId,
  type AuditHead,
  type AuditRow,
  type AuditSeal,
  type AuditTotals,
  type EnvironmentId,
  type Unsealed,
} from '@fluxo/core';
import type { Selectable } from 'kysely';
import { all, change, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { QueryBuilder, Scope } from '../scope.js';

/** Lists of few lengths, so that few statements are compiled: the last one is asked for again. */
const LIST_LENGTHS = [1, 4, 16, 64, 256];

function padded(ids: readonly AuditEventId[]): readonly AuditEventId[] {
  const length = LIST_LENGTHS.find((fits) => fits >= ids.length) ?? ids.length;
  const [last] = ids.slice(-1);
  return last === undefined ? ids : [...ids, ...Array<AuditEventId>(length - ids.length).fill(last)];
}

export function auditSealOperations(scope: Scope) {
  const { db, environmentId } = scope;
  return {
    reads: {
      *unsealed(limit: number): Operation<Unsealed> {
        const rows = yield* all(
          db
            .selectFrom('audit_unsealed as q')
            .innerJoin('audit_events as e', (on) =>
              on.onRef('e.id', '=', 'q.id').onRef('e.environment_id', '=', 'q.environment_id'),
            )
            .selectAll('e')
            .where('q.environment_id', '=', environmentId)
            .orderBy('q.id')
            .limit(limit),
        );
        return { head: yield* findHead(scope), rows: rows.map(toRow) };
      },
      *seals(range: {
        readonly after: number;
        readonly upTo: number;
        readonly limit: number;
      }): Operation<readonly AuditSeal[]> {
        const rows = yield* all(
          db
            .selectFrom('audit_seals')
            .selectAll()
            .where('environment_id', '=', environmentId)
            .where('sequence', '>', range.after)
            .where('sequence', '<=', range.upTo)
            .orderBy('sequence')
            .limit(range.limit),
        );
        return rows.map(toSeal);
      },
      *rows(ids: readonly AuditEventId[]): Operation<readonly AuditRow[]> {
        if (ids.length === 0) return [];
        const found = db.selectFrom('audit_events').selectAll().where('environment_id', '=', environmentId);
        return (yield* all(found.where('id', 'in', padded(ids)))).map(toRow);
      },
      *totals(): Operation<AuditTotals> {
        const count = (events: 'audit_events' | 'audit_unsealed') =>
          db
            .selectFrom(events)
            .select((is) => is.fn.countAll<number>().as('rows'))
            .where('environment_id', '=', environmentId);
        const newest = db
          .selectFrom('audit_seals')
          .select('sequence')
          .where('environment_id', '=', environmentId)
          .orderBy('sequence', 'desc')
          .limit(1);
        return {
          head: yield* findHead(scope),
          newestSeal: (yield* first(newest))?.sequence ?? 0,
          events: (yield* first(count('audit_events')))?.rows ?? 0,
          unsealed: (yield* first(count('audit_unsealed')))?.rows ?? 0,
        };
      },
      *settledIds(after: AuditEventId | undefined, limit: number): Operation<readonly AuditEventId[]> {
        let query = db
          .selectFrom('audit_events as e')
          .leftJoin('audit_unsealed as q', (on) =>
            on.onRef('q.id', '=', 'e.id').onRef('q.environment_id', '=', 'e.environment_id'),
          )
          .select('e.id')
          .where('e.environment_id', '=', environmentId)
          .where('q.id', 'is', null);
        if (after !== undefined) query = query.where('e.id', '>', after);
        return (yield* all(query.orderBy('e.id').limit(limit))).map(({ id }) => id as AuditEventId);
      },
    },
    writes: {
      addSeal: (seal: AuditSeal, headMac: Uint8Array) => addSeal(scope, seal, headMac),
    },
  };
}

/** The primary key is the lock: of several sealers one inserts a sequence, the others wait for its commit and insert nothing. */
function* addSeal(
  { db, environmentId }: Scope,
  seal: AuditSeal,
  headMac: Uint8Array,
): Operation<'sealed' | 'lost'> {
  const { sequence, chain, keyId, mac, entries } = seal;
  const added = yield* change(
    db
      .insertInto('audit_seals')
      .values({
        environment_id: environmentId,
        sequence,
        sealed_at: seal.sealedAt,
        is_restart: seal.isRestart ? 1 : 0,
        event_count: seal.eventCount,
        first_event_id: seal.firstEventId,
        last_event_id: seal.lastEventId,
        ...{ entries, chain, key_id: keyId, mac },
      })
      .onConflict((conflict) => conflict.columns(['environment_id', 'sequence']).doNothing()),
  );
  if (added === 0) return 'lost';
  const head = { sequence, chain, key_id: keyId, mac: headMac };
  const moved = yield* change(
    sequence === 1
      ? db.insertInto('audit_heads').values({ environment_id: environmentId, ...head })
      : db
          .updateTable('audit_heads')
          .set(head)
          .where('environment_id', '=', environmentId)
          .where('sequence', '=', sequence - 1),
  );
  const ids = idsOf(entries);
  const taken =
    ids.length === 0
      ? 0
      : yield* change(
          db
            .deleteFrom('audit_unsealed')
            .where('environment_id', '=', environmentId)
            .where('id', 'in', padded(ids)),
        );
  // Takes the whole transaction back: the tables were changed by somebody else.
  if (moved !== 1 || taken !== ids.length) {
    throw new BrokenChainError(environmentId);
  }
  return 'sealed';
}

const ENTRY_HEX = 96;
const ID_HEX = 32;

function idsOf(entries: Uint8Array): readonly AuditEventId[] {
  const hex = Buffer.from(entries).toString('hex');
  return Array.from(
    { length: hex.length / ENTRY_HEX },
    (_, index) => hex.slice(index * ENTRY_HEX, index * ENTRY_HEX + ID_HEX) as AuditEventId,
  );
}

/** Across environments. */
export function auditQueueOperations(db: QueryBuilder) {
  return {
    reads: {
      *nextWaiting(after: EnvironmentId | undefined): Operation<EnvironmentId | undefined> {
        const waiting = db.selectFrom('audit_unsealed').select('environment_id');
        const next = after === undefined ? waiting : waiting.where('environment_id', '>', after);
        const row = yield* first(next.orderBy('environment_id').limit(1));
        return row?.environment_id as EnvironmentId | undefined;
      },
      *nextSealedByOther(
        keyId: string,
        after: EnvironmentId | undefined,
      ): Operation<EnvironmentId | undefined> {
        const ended = db.selectFrom('audit_heads').select('environment_id').where('key_id', '<>', keyId);
        const next = after === undefined ? ended : ended.where('environment_id', '>', after);
        const row = yield* first(next.orderBy('environment_id').limit(1));
        return row?.environment_id as EnvironmentId | undefined;
      },
    },
    writes: {},
  };
}

function* findHead({ db, environmentId }: Scope): Operation<AuditHead | null> {
  const row = yield* first(
    db.selectFrom('audit_heads').selectAll().where('environment_id', '=', environmentId),
  );
  return row === undefined
    ? null
    : { sequence: row.sequence, chain: row.chain, keyId: row.key_id, mac: row.mac };
}

function toSeal(row: Selectable<Tables['audit_seals']>): AuditSeal {
  return {
    sequence: row.sequence,
    sealedAt: row.sealed_at,
    isRestart: row.is_restart === 1,
    eventCount: row.event_count,
    firstEventId: row.first_event_id as AuditEventId | null,
    lastEventId: row.last_event_id as AuditEventId | null,
    entries: row.entries,
    chain: row.chain,
    keyId: row.key_id,
    mac: row.mac,
  };
}

function toRow(row: Selectable<Tables['audit_events']>): AuditRow {
  return {
    id: row.id as AuditEventId,
    environmentId: row.environment_id as EnvironmentId,
    at: row.at,
    type: row.type,
    userId: row.user_id,
    clientId: row.application_id,
    grantId: row.grant_id,
    detail: row.detail,
    actorId: row.actor_id,
    via: row.via,
    evidence: row.evidence,
    omitted: row.omitted,
  };
}
