import type {
  FoundProviderSession,
  IdentityProviderId,
  ProviderSessionEnding,
  SessionId,
  SignInProof,
  UserId,
} from '@fluxo/core';
import { sql } from '../kysely.js';
import { all, change, first, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { recordAudit } from './audit.js';
import { NO_PROOF } from './flow-rows.js';
import { replayOperations } from './replay.js';

export function providerSessionColumns(proof: SignInProof) {
  const session = proof.kind === 'provider' ? proof.session : undefined;
  return {
    provider_subject: session?.subjectDigest ?? null,
    provider_session_index: session?.index ?? null,
    provider_session: session?.sealed.bytes ?? null,
    provider_session_key_id: session?.sealed.keyId ?? null,
  };
}

export function providerSessionOperations(scope: Scope) {
  const { db, environmentId } = scope;
  return {
    reads: {
      *find(id: SessionId): Operation<FoundProviderSession | undefined> {
        const row = yield* first(
          db
            .selectFrom('sessions')
            .select(['provider_id', 'provider_subject', 'provider_session_index'])
            .select(['provider_session', 'provider_session_key_id'])
            .where('id', '=', id)
            .where('environment_id', '=', environmentId),
        );
        const { provider_id: providerId = null, provider_subject: subjectDigest = null } = row ?? {};
        const { provider_session: bytes = null, provider_session_key_id: keyId = null } = row ?? {};
        if (providerId === null || subjectDigest === null || bytes === null || keyId === null)
          return undefined;
        return {
          ...{ providerId: providerId as IdentityProviderId, subjectDigest },
          ...{ index: row?.provider_session_index ?? null, sealed: { keyId, bytes } },
        };
      },
    },
    writes: {
      *end(ending: ProviderSessionEnding, at: number): Operation<number | 'replayed'> {
        const { digest, until, now } = ending.once;
        if (!(yield* replayOperations(scope).writes.useOnce(digest, until, now))) return 'replayed';
        yield* lockProvider(scope, ending);
        yield* endProofs(scope, ending);
        return yield* endSessions(scope, ending, at);
      },
    },
  };
}

/** Every sign-in through the provider writes its row too: it comes before and is ended, or after. */
function* lockProvider({ db, environmentId }: Scope, { providerId }: ProviderSessionEnding): Operation<void> {
  yield* change(
    db
      .updateTable('identity_providers')
      .set({ id: providerId })
      .where('id', '=', providerId)
      .where('environment_id', '=', environmentId),
  );
}

/** SAML core §3.7.3.1: without an index all of them are meant. One whose index never came may be any that is named. */
function isMeant(
  index: 'provider_session_index' | 'proven_session_index',
  { indexes }: ProviderSessionEnding,
) {
  const column = sql.ref<string | null>(index);
  if (indexes.length === 0) return sql<boolean>`1 = 1`;
  return sql<boolean>`(${column} IS NULL OR ${column} IN (${sql.join(indexes)}))`;
}

/** Who was proven by it and has the second factor still to show, or hasn't come back with the answer yet, begins anew. */
function* endProofs({ db, environmentId }: Scope, ending: ProviderSessionEnding): Operation<void> {
  yield* change(
    db
      .updateTable('flows')
      .set({ provider_state_digest: null, ...NO_PROOF })
      .where('provider_id', '=', ending.providerId)
      .where('proven_subject', '=', ending.subjectDigest)
      .where('environment_id', '=', environmentId)
      .where(isMeant('proven_session_index', ending)),
  );
}

/** Each is told of in the log of its user. */
function* endSessions(scope: Scope, ending: ProviderSessionEnding, at: number): Operation<number> {
  const ended = yield* all(
    scope.db
      .updateTable('sessions')
      .set({ ended_at: at })
      .where('provider_id', '=', ending.providerId)
      .where('provider_subject', '=', ending.subjectDigest)
      .where('environment_id', '=', scope.environmentId)
      .where('ended_at', 'is', null)
      .where(isMeant('provider_session_index', ending))
      .returning('user_id'),
  );
  for (const { user_id } of ended) {
    const userId = user_id as UserId;
    yield* recordAudit(scope, { type: 'session.ended', at, userId, detail: ending.providerId });
  }
  return ended.length;
}
