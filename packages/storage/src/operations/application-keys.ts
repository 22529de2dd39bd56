import {
  newOrderedId,
  type ApplicationKey,
  type ApplicationKeyId,
  type ClientId,
  type ConsentId,
  type UserId,
} from '@fluxo/core';
import type { Selectable } from 'kysely';
import { all, change, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';
import { recordAudit } from './audit.js';
import { noteChange } from './change-log.js';
import { REVOKED_GRANT_KEPT_MS } from './grant-kept.js';
import { lockApplication } from './lock-application.js';

type Place = Pick<Scope, 'db' | 'environmentId'>;

export function applicationKeyOperations(scope: Scope) {
  return {
    reads: {
      *listKeys(clientId: ClientId): Operation<readonly ApplicationKey[]> {
        return (yield* all(keysOf(scope, clientId))).map(toKey);
      },
    },
    writes: {
      addKey: (clientId: ClientId, key: ApplicationKey, maxLive: number) =>
        addKey(scope, clientId, { key, maxLive }),
      deleteKey: (clientId: ClientId, keyId: ApplicationKeyId, at: number) =>
        deleteKey(scope, clientId, { keyId, at }),
    },
  };
}

export function* liveKeysOf(place: Place, clientId: ClientId): Operation<readonly ApplicationKey[]> {
  return (yield* all(keysOf(place, clientId).where('deleted_at', 'is', null))).map(toKey);
}

export function* hasLiveKey(place: Place, consentId: ConsentId): Operation<boolean> {
  const found = keys(place).where('consent_id', '=', consentId).where('deleted_at', 'is', null);
  return (yield* first(found.limit(1))) !== undefined;
}

/** The user acts through the application no more, or is gone: so do the keys that they registered. */
export function* endKeysOfUser(
  scope: Scope,
  userId: UserId,
  { at, clientId }: { readonly at: number; readonly clientId?: ClientId },
): Operation<void> {
  const ending = scope.db
    .updateTable('application_keys')
    .set({ deleted_at: at })
    .where('environment_id', '=', scope.environmentId)
    .where('registered_by', '=', userId)
    .where('deleted_at', 'is', null)
    .returning(['application_id', 'fingerprint']);
  const ended = yield* all(clientId === undefined ? ending : ending.where('application_id', '=', clientId));
  for (const row of ended) {
    yield* noteEnd(scope, { ...row, application_id: row.application_id as ClientId }, { at, userId });
  }
}

const keys = ({ db, environmentId }: Place) =>
  db.selectFrom('application_keys').selectAll().where('environment_id', '=', environmentId);

const keysOf = (place: Place, clientId: ClientId) =>
  keys(place).where('application_id', '=', clientId).orderBy('id');

function* addKey(
  scope: Scope,
  clientId: ClientId,
  { key, maxLive }: { readonly key: ApplicationKey; readonly maxLive: number },
): Operation<'added' | 'known' | 'limit-reached' | 'gone'> {
  const { db, environmentId } = scope;
  if (!(yield* mayHaveKey(scope, clientId, key.registeredBy))) return 'gone';
  const live = yield* liveKeysOf(scope, clientId);
  if (live.some(({ fingerprint }) => fingerprint === key.fingerprint)) return 'known';
  if (live.length >= maxLive) return 'limit-reached';
  const consentId = yield* consentFor(scope, clientId, key);
  yield* change(
    db.insertInto('application_keys').values(keyColumns(key, { clientId, consentId, environmentId })),
  );
  yield* noteChange(scope, 'application', clientId);
  yield* recordAudit(scope, {
    ...{ type: 'application.key-added', at: key.createdAt, userId: key.registeredBy, clientId },
    detail: key.fingerprint,
  });
  return 'added';
}

/** Both rows are locked by being written: whoever deletes the application or the user waits, and then finds the key. */
function* mayHaveKey(scope: Scope, clientId: ClientId, userId: UserId): Operation<boolean> {
  if ((yield* lockApplication(scope, clientId)) !== 'machine') return false;
  const users = yield* change(
    scope.db
      .updateTable('users')
      .set({ id: userId })
      .where('id', '=', userId)
      .where('environment_id', '=', scope.environmentId)
      .where('disabled_at', 'is', null),
  );
  return users === 1;
}

/** The one that stands, locked by being written: whoever takes it back waits, and ends this key too. Else a new one. */
function* consentFor(
  scope: Scope,
  clientId: ClientId,
  { registeredBy: userId, createdAt: at }: ApplicationKey,
): Operation<ConsentId> {
  const { db, environmentId, essentials } = scope;
  const standing = yield* first(
    db
      .updateTable('consents')
      .set({ user_id: userId })
      .where('environment_id', '=', environmentId)
      .where('user_id', '=', userId)
      .where('application_id', '=', clientId)
      .returning('id'),
  );
  if (standing !== undefined) return standing.id as ConsentId;
  const id = newOrderedId<ConsentId>(essentials);
  yield* change(
    db.insertInto('consents').values({
      ...{ id, environment_id: environmentId, user_id: userId, application_id: clientId },
      ...{ consented_at: at, remembered_redirect_uri: null },
    }),
  );
  yield* recordAudit(scope, { type: 'consent.given', at, userId, clientId });
  return id;
}

/** Under the application's lock: of two that go at the same moment the second sees that it is the last one. */
function* deleteKey(
  scope: Scope,
  clientId: ClientId,
  { keyId, at }: { readonly keyId: ApplicationKeyId; readonly at: number },
): Operation<boolean> {
  const { db, environmentId } = scope;
  if ((yield* lockApplication(scope, clientId)) === undefined) return false;
  const row = yield* first(
    db
      .updateTable('application_keys')
      .set({ deleted_at: at })
      .where('id', '=', keyId)
      .where('application_id', '=', clientId)
      .where('environment_id', '=', environmentId)
      .where('deleted_at', 'is', null)
      .returning(['registered_by', 'consent_id', 'fingerprint']),
  );
  if (row === undefined) return false;
  const userId = row.registered_by as UserId;
  // Dead already with their key; this only says why, and when the rows may go.
  yield* change(
    db
      .updateTable('grants')
      .set({ revoked_at: at, revoked_reason: 'key-deleted', purge_after: at + REVOKED_GRANT_KEPT_MS })
      .where('environment_id', '=', environmentId)
      .where('user_id', '=', userId)
      .where('application_id', '=', clientId)
      .where('application_key_id', '=', keyId)
      .where('revoked_at', 'is', null),
  );
  // The consent came with the key, and goes with the last one.
  if (!(yield* hasLiveKey(scope, row.consent_id as ConsentId))) {
    yield* change(
      db
        .deleteFrom('consents')
        .where('id', '=', row.consent_id)
        .where('user_id', '=', userId)
        .where('environment_id', '=', environmentId),
    );
  }
  yield* noteEnd(scope, { application_id: clientId, fingerprint: row.fingerprint }, { at, userId });
  return true;
}

function* noteEnd(
  scope: Scope,
  key: { readonly application_id: ClientId; readonly fingerprint: string },
  { at, userId }: { readonly at: number; readonly userId: UserId },
): Operation<void> {
  yield* noteChange(scope, 'application', key.application_id);
  yield* recordAudit(scope, {
    ...{ type: 'application.key-deleted', at, userId, clientId: key.application_id },
    detail: key.fingerprint,
  });
}

function keyColumns(
  key: ApplicationKey,
  under: { readonly clientId: ClientId; readonly consentId: string; readonly environmentId: string },
) {
  return {
    id: key.id,
    environment_id: under.environmentId,
    application_id: under.clientId,
    registered_by: key.registeredBy,
    consent_id: under.consentId,
    algorithm: key.algorithm,
    public_key: key.spki,
    fingerprint: key.fingerprint,
    note: key.note,
    created_at: key.createdAt,
    last_used_at: key.lastUsedAt,
    deleted_at: key.deletedAt,
  };
}

function toKey(row: Selectable<Tables['application_keys']>): ApplicationKey {
  return {
    id: row.id as ApplicationKeyId,
    registeredBy: row.registered_by as UserId,
    algorithm: row.algorithm,
    spki: row.public_key,
    fingerprint: row.fingerprint,
    note: row.note,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    deletedAt: row.deleted_at,
  };
}
