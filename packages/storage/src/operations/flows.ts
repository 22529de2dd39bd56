import type {
  ClientId,
  Flow,
  FlowId,
  FlowProving,
  FlowSignIn,
  ProviderAnswer,
  SentToProvider,
  SessionId,
  SignInProof,
  UserId,
} from '@fluxo/core';
import type { Selectable } from 'kysely';
import { fixedSql } from '../fixed-sql.js';
import { sql } from '../kysely.js';
import { change, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';
import { recordAudit } from './audit.js';
import { flowColumns, NO_PROOF, proofColumns, toFlow } from './flow-rows.js';
import { providerSessionColumns } from './provider-sessions.js';
import { hasSecondFactor } from './second-factors.js';

export function flowOperations(scope: Scope) {
  const { db, environmentId } = scope;
  const update = (id: FlowId) =>
    db.updateTable('flows').where('id', '=', id).where('environment_id', '=', environmentId);
  const remove = (id: FlowId) =>
    db.deleteFrom('flows').where('id', '=', id).where('environment_id', '=', environmentId);
  return {
    reads: {
      *find(id: FlowId): Operation<Flow | undefined> {
        const statement = fixedSql(db, 'flow', () =>
          db.selectFrom('flows').selectAll().where('id', '=', '').where('environment_id', '=', ''),
        );
        const { rows } = yield { sql: statement, parameters: [id, environmentId] };
        const [row] = rows as readonly Selectable<Tables['flows']>[];
        return row && toFlow(id, row);
      },
    },
    writes: {
      *begin(flow: Flow): Operation<void> {
        const columns = flowColumns(flow, environmentId);
        const statement = fixedSql(db, `new flow ${Object.keys(columns).join()}`, () =>
          db.insertInto('flows').values(columns),
        );
        yield { sql: statement, parameters: Object.values(columns) };
      },
      *setUsername(id: FlowId, username: string): Operation<void> {
        yield* change(update(id).set({ username, ...NO_PROOF }));
      },
      *restart(id: FlowId, digest: Uint8Array): Operation<void> {
        const forgotten = { user_id: null, username: null, provider_state_digest: null };
        yield* change(update(id).set({ digest, ...forgotten, ...NO_PROOF, force_login: 1 }));
      },
      *sendToProvider(
        id: FlowId,
        { providerId, stateDigest, memory, session }: SentToProvider,
      ): Operation<void> {
        yield* change(
          update(id).set({
            provider_id: providerId,
            provider_state_digest: stateDigest,
            provider_memory: memory,
            ...NO_PROOF,
            proven_subject: session?.subjectDigest ?? null,
            proven_session_index: session?.index ?? null,
          }),
        );
      },
      *takeProviderAnswer(answer: ProviderAnswer): Operation<string | undefined> {
        const row = yield* first(
          update(answer.flowId)
            .set({ digest: answer.newFlowDigest, provider_state_digest: null })
            .where('provider_id', '=', answer.providerId)
            .where('provider_state_digest', '=', answer.stateDigest)
            .where('expires_at', '>', answer.now)
            .returning('provider_memory'),
        );
        return row?.provider_memory ?? undefined;
      },
      prove: (input: FlowProving) => prove(scope, input),
      signIn: (input: FlowSignIn) => signIn(scope, input),
      *cancel(id: FlowId, userId: UserId, now: number): Operation<'cancelled' | 'gone'> {
        const row = yield* first(
          remove(id).where('user_id', '=', userId).where('expires_at', '>', now).returning('application_id'),
        );
        if (row === undefined) return 'gone';
        const clientId = row.application_id as ClientId | null;
        yield* recordAudit(scope, {
          type: 'consent.denied',
          userId,
          at: now,
          ...(clientId === null ? {} : { clientId }),
        });
        return 'cancelled';
      },
      *end(id: FlowId): Operation<void> {
        yield* change(remove(id));
      },
    },
  };
}

/** Undefined for who isn't there or may not sign in. */
function* epochOf({ db, environmentId }: Scope, userId: UserId): Operation<number | undefined> {
  const user = yield* first(
    db
      .selectFrom('users')
      .select('session_epoch')
      .where('id', '=', userId)
      .where('environment_id', '=', environmentId)
      .where('disabled_at', 'is', null),
  );
  return user?.session_epoch;
}

/** The flow, while it has the token that its page had, and time. */
function live(
  { db, environmentId }: Scope,
  { flowId, expectedFlowDigest, now }: Pick<FlowSignIn, 'flowId' | 'expectedFlowDigest' | 'now'>,
) {
  return db
    .updateTable('flows')
    .where('id', '=', flowId)
    .where('environment_id', '=', environmentId)
    .where('digest', '=', expectedFlowDigest)
    .where('expires_at', '>', now);
}

function* prove(scope: Scope, input: FlowProving): Operation<'proven' | 'gone'> {
  const { userId, by } = input.proof;
  const epoch = yield* epochOf(scope, userId);
  if (epoch === undefined || !(yield* standsProof(scope, { userId, proof: by, now: input.now })))
    return 'gone';
  const proven = proofColumns(input.proof, epoch);
  const flows = yield* change(live(scope, input).set({ digest: input.newFlowDigest, ...proven }));
  return flows === 0 ? 'gone' : 'proven';
}

/** The flow is the user's from now on. Without the second factor it isn't, where the user has one. */
function* takeFlow(scope: Scope, input: FlowSignIn, epoch: number): Operation<boolean> {
  const { userId, proof, now } = input;
  const taken = live(scope, input).set({
    digest: input.newFlowDigest,
    user_id: userId,
    provider_id: providerOf(proof),
    provider_state_digest: null,
    ...NO_PROOF,
  });
  if (input.secondFactor === 'none') {
    if (yield* hasSecondFactor(scope, userId)) return false;
    return (yield* change(taken)) === 1;
  }
  const proven = taken
    .where('proven_user_id', '=', userId)
    .where('proven_by', '=', providerOf(proof) ?? 'password')
    .where('proven_epoch', '=', epoch)
    .where('proof_expires_at', '>', now);
  return (yield* change(proven)) === 1;
}

const providerOf = (proof: SignInProof) => (proof.kind === 'provider' ? proof.providerId : null);

function* signIn(scope: Scope, input: FlowSignIn): Operation<'signed-in' | 'gone'> {
  const { db, environmentId } = scope;
  const { session, userId, proof, secondFactor, now } = input;
  const epoch = yield* epochOf(scope, userId);
  if (epoch === undefined || !(yield* standsProof(scope, input))) return 'gone';
  if (!(yield* takeFlow(scope, input, epoch))) return 'gone';
  yield* change(db.updateTable('users').set({ last_active_at: now }).where('id', '=', userId));
  yield* endSession(scope, input.previousSessionId, now);
  yield* change(
    db.insertInto('sessions').values({
      id: session.id,
      environment_id: environmentId,
      origin: 'browser',
      user_id: userId,
      grant_id: null,
      digest: session.digest,
      epoch,
      created_at: now,
      last_used_at: now,
      ended_at: null,
      user_agent: session.userAgent,
      idle_expires_at: now + input.sessionIdleTimeoutMs,
      provider_id: providerOf(proof),
      ...providerSessionColumns(proof),
    }),
  );
  const detail = [providerOf(proof) ?? 'password', ...(secondFactor === 'none' ? [] : [secondFactor])].join(
    ', ',
  );
  yield* recordAudit(scope, { type: 'user.signed-in', userId, at: now, detail });
  return 'signed-in';
}

/** Locks the provider's row: whoever disables it meanwhile comes before this sign-in, or ends what it opens. */
function* standsProof(
  { db, environmentId }: Scope,
  { proof, userId, now }: Pick<FlowSignIn, 'proof' | 'userId' | 'now'>,
): Operation<boolean> {
  if (proof.kind === 'password') return true;
  const used = yield* change(
    db
      .updateTable('identity_providers')
      .set({ last_used_at: now })
      .where('id', '=', proof.providerId)
      .where('environment_id', '=', environmentId)
      .where('enabled', '=', 1),
  );
  const link = yield* first(
    db
      .selectFrom('federated_identities')
      .select('user_id')
      .where('environment_id', '=', environmentId)
      .where('provider_id', '=', proof.providerId)
      .where('federation_id', '=', proof.federationId),
  );
  return used === 1 && link?.user_id === userId;
}

/**
 * Also the end of the window in which the refresh that made the session may be repeated.
 * @returns whose it was; undefined: there is none that lives
 */
export function* endSession(
  { db, environmentId }: Scope,
  id: SessionId | null,
  at: number,
): Operation<UserId | undefined> {
  if (id === null) return undefined;
  const ended = yield* first(
    db
      .updateTable('sessions')
      .set({ ended_at: at })
      .where('id', '=', id)
      .where('environment_id', '=', environmentId)
      .where('ended_at', 'is', null)
      .returning(['grant_id', 'user_id']),
  );
  if (ended === undefined) return undefined;
  if (ended.grant_id !== null) {
    yield* change(
      db
        .updateTable('grants')
        .set({ successor_used_at: sql<number>`coalesce(successor_used_at, ${at})` })
        .where('id', '=', ended.grant_id)
        .where('successor_session_id', '=', id),
    );
  }
  return ended.user_id as UserId;
}
