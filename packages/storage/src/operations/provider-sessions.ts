import type {
  FoundProviderSession,
  IdentityProviderId,
  ProviderSessionEnding,
  SessionId,
  SignInProof,
  UserId,
} from '@fluxo/core';
import { all, first, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { recordAudit } from './audit.js';
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
        return yield* endSessions(scope, ending, at);
      },
    },
  };
}

/** Each is told of in the log of its user. */
function* endSessions(
  scope: Scope,
  { providerId, subjectDigest, indexes }: ProviderSessionEnding,
  at: number,
): Operation<number> {
  const sessions = scope.db
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('provider_id', '=', providerId)
    .where('provider_subject', '=', subjectDigest)
    .where('environment_id', '=', scope.environmentId)
    .where('ended_at', 'is', null)
    .returning('user_id');
  // SAML core §3.7.3.1: without an index all of them. One whose index never came may be any that is named.
  const named = sessions.where((is) =>
    is.or([is('provider_session_index', 'in', indexes), is('provider_session_index', 'is', null)]),
  );
  const ended = yield* all(indexes.length === 0 ? sessions : named);
  for (const { user_id: userId } of ended) {
    yield* recordAudit(scope, {
      ...{ type: 'session.ended', at, userId: userId as UserId, detail: providerId },
    });
  }
  return ended.length;
}
