import type {
  ClientId,
  EndpointFamily,
  Flow,
  FlowGoal,
  FlowId,
  FlowSignIn,
  LocalPage,
  SessionId,
  UserId,
} from '@fluxo/core';
import { sql, type Insertable, type Selectable } from 'kysely';
import { change, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';
import { recordAudit } from './audit.js';

type FlowRow = Selectable<Tables['flows']>;

function toGoal(row: FlowRow): FlowGoal {
  if (row.local_page !== null) {
    return { kind: 'page', path: row.local_page as LocalPage, uiLocales: row.ui_locales };
  }
  return {
    kind: 'authorization',
    family: row.family as EndpointFamily,
    clientId: row.application_id as ClientId,
    redirectUri: row.redirect_uri ?? '',
    redirectUriSent: row.redirect_uri_sent === 1,
    state: row.state,
    codeChallenge: row.code_challenge,
    alwaysAsk: row.always_ask === 1,
    loginHint: row.login_hint,
    uiLocales: row.ui_locales,
  };
}

function goalColumns(goal: FlowGoal) {
  const none = {
    family: null,
    application_id: null,
    redirect_uri: null,
    redirect_uri_sent: 0 as const,
    state: null,
    code_challenge: null,
    always_ask: 0 as const,
    login_hint: null,
  };
  if (goal.kind === 'page') return { ...none, local_page: goal.path, ui_locales: goal.uiLocales };
  return {
    local_page: null,
    ui_locales: goal.uiLocales,
    family: goal.family,
    application_id: goal.clientId,
    redirect_uri: goal.redirectUri,
    redirect_uri_sent: goal.redirectUriSent ? (1 as const) : (0 as const),
    state: goal.state,
    code_challenge: goal.codeChallenge,
    always_ask: goal.alwaysAsk ? (1 as const) : (0 as const),
    login_hint: goal.loginHint,
  };
}

export function flowOperations(scope: Scope) {
  const { db, environmentId } = scope;
  const update = (id: FlowId) =>
    db.updateTable('flows').where('id', '=', id).where('environment_id', '=', environmentId);
  const remove = (id: FlowId) =>
    db.deleteFrom('flows').where('id', '=', id).where('environment_id', '=', environmentId);
  return {
    reads: {
      *find(id: FlowId): Operation<Flow | undefined> {
        const row = yield* first(
          db.selectFrom('flows').selectAll().where('id', '=', id).where('environment_id', '=', environmentId),
        );
        return (
          row && {
            id,
            digest: row.digest,
            browserDigest: row.browser_digest,
            goal: toGoal(row),
            username: row.username,
            userId: row.user_id as UserId | null,
            createdAt: row.created_at,
            expiresAt: row.expires_at,
          }
        );
      },
    },
    writes: {
      *begin(flow: Flow): Operation<void> {
        const row: Insertable<Tables['flows']> = {
          id: flow.id,
          environment_id: environmentId,
          digest: flow.digest,
          browser_digest: flow.browserDigest,
          username: flow.username,
          user_id: flow.userId,
          created_at: flow.createdAt,
          expires_at: flow.expiresAt,
          ...goalColumns(flow.goal),
        };
        yield* change(db.insertInto('flows').values(row));
      },
      *setUsername(id: FlowId, username: string): Operation<void> {
        yield* change(update(id).set({ username }));
      },
      *restart(id: FlowId, digest: Uint8Array): Operation<void> {
        yield* change(update(id).set({ digest, user_id: null, username: null }));
      },
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

function* signIn(scope: Scope, input: FlowSignIn): Operation<'signed-in' | 'gone'> {
  const { db, environmentId } = scope;
  const { session, userId, now } = input;
  const user = yield* first(
    db
      .selectFrom('users')
      .select('session_epoch')
      .where('id', '=', userId)
      .where('environment_id', '=', environmentId)
      .where('disabled_at', 'is', null),
  );
  if (user === undefined) return 'gone';
  const flows = yield* change(
    db
      .updateTable('flows')
      .set({ digest: input.newFlowDigest, user_id: userId })
      .where('id', '=', input.flowId)
      .where('environment_id', '=', environmentId)
      .where('digest', '=', input.expectedFlowDigest)
      .where('expires_at', '>', now),
  );
  if (flows === 0) return 'gone';
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
      epoch: user.session_epoch,
      created_at: now,
      last_used_at: now,
      ended_at: null,
      user_agent: session.userAgent,
      idle_expires_at: now + input.sessionIdleTimeoutMs,
    }),
  );
  yield* recordAudit(scope, { type: 'user.signed-in', userId, at: now, detail: 'password' });
  return 'signed-in';
}

/** Also the end of the window in which the refresh that made the session may be repeated. */
export function* endSession(
  { db, environmentId }: Scope,
  id: SessionId | null,
  at: number,
): Operation<boolean> {
  if (id === null) return false;
  const ended = yield* first(
    db
      .updateTable('sessions')
      .set({ ended_at: at })
      .where('id', '=', id)
      .where('environment_id', '=', environmentId)
      .where('ended_at', 'is', null)
      .returning('grant_id'),
  );
  if (ended === undefined) return false;
  if (ended.grant_id !== null) {
    yield* change(
      db
        .updateTable('grants')
        .set({ successor_used_at: sql<number>`coalesce(successor_used_at, ${at})` })
        .where('id', '=', ended.grant_id)
        .where('successor_session_id', '=', id),
    );
  }
  return true;
}
