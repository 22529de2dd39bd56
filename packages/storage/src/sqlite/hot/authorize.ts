import {
  newOrderedId,
  type AuditEventId,
  type AuditEventType,
  type Authorization,
  type ConsentId,
  type EnvironmentId,
  type Essentials,
  type FlowId,
} from '@fluxo/core';
import type { SqliteExecutor } from '../sqlite-executor.js';
import { compileAudit } from './grant-rules.js';

/** A flow is answered once: of several answers only the first finds it. */
const END_FLOW = `
  DELETE FROM flows WHERE id = @flowId AND environment_id = @environment AND user_id = @userId AND expires_at > @now`;

const MAY = `
  SELECT u.grant_epoch AS epoch, a.remember_consent AS remembers
  FROM users u JOIN applications a ON a.id = @clientId AND a.environment_id = @environment AND a.enabled = 1
  WHERE u.id = @userId AND u.environment_id = @environment AND u.disabled_at IS NULL`;

/** A consent that stands stays the same one; only what it remembers follows the last answer. */
const CONSENT = `
  INSERT INTO consents (id, environment_id, user_id, application_id, consented_at, remembered_redirect_uri)
  VALUES (@consentId, @environment, @userId, @clientId, @now, @remembered)
  ON CONFLICT (user_id, application_id) DO UPDATE SET remembered_redirect_uri = excluded.remembered_redirect_uri
  RETURNING id`;

const REMEMBERED = `
  SELECT id FROM consents
  WHERE user_id = @userId AND application_id = @clientId AND environment_id = @environment
    AND remembered_redirect_uri = @redirectUri`;

const GRANT = `
  INSERT INTO grants (id, environment_id, application_id, user_id, consent_id, user_epoch, authorized_at, redirect_uri,
    redirect_uri_sent, code_challenge, code_digest, code_expires_at, expires_at, purge_after)
  VALUES (@grantId, @environment, @clientId, @userId, @consentId, @epoch, @now, @redirectUri, @redirectUriSent,
    @codeChallenge, @codeDigest, @codeExpiresAt, @expiresAt, @purgeAfter)`;

/** An unused code's grant stays for an hour more, so that a late client is told what was late. */
const UNUSED_KEPT_MS = 3_600_000;

interface Permission {
  readonly epoch: number;
  readonly remembers: 0 | 1;
}

export function compileAuthorize(executor: SqliteExecutor, essentials: Pick<Essentials, 'clock' | 'random'>) {
  const endFlow = executor.compile(END_FLOW);
  const may = executor.compile<Permission>(MAY);
  const consent = executor.compile<{ readonly id: ConsentId }>(CONSENT);
  const findRemembered = executor.compile<{ readonly id: ConsentId }>(REMEMBERED);
  const insertGrant = compileInsertGrant(executor);
  const record = compileRecord(executor, essentials);

  return {
    authorize(environment: EnvironmentId, input: Authorization, flowId: FlowId): 'authorized' | 'gone' {
      const { userId, now, goal } = input;
      const permission = may.get({ userId, environment, clientId: goal.clientId });
      if (permission === undefined) return 'gone';
      if (endFlow.run({ flowId, environment, userId, now }) === 0) return 'gone';
      const remembered = permission.remembers === 1 ? goal.redirectUri : null;
      const { consentId } = input;
      const row = consent.get({ consentId, environment, userId, clientId: goal.clientId, now, remembered });
      if (row?.id === consentId) record(environment, input, 'consent.given');
      insertGrant(environment, input, { epoch: permission.epoch, consentId: row?.id ?? consentId });
      record(environment, input, 'grant.authorized');
      return 'authorized';
    },
    authorizeRemembered(environment: EnvironmentId, input: Authorization): 'authorized' | 'not-remembered' {
      const { userId, goal } = input;
      const { clientId, redirectUri } = goal;
      const permission = may.get({ userId, environment, clientId });
      const remembered = findRemembered.get({ userId, environment, clientId, redirectUri });
      if (permission?.remembers !== 1 || remembered === undefined) return 'not-remembered';
      insertGrant(environment, input, { epoch: permission.epoch, consentId: remembered.id });
      record(environment, input, 'grant.authorized');
      return 'authorized';
    },
  };
}

function compileInsertGrant(executor: SqliteExecutor) {
  const insert = executor.compile(GRANT);
  return (
    environment: EnvironmentId,
    { grantId, userId, now, goal, codeDigest, codeExpiresAt, expiresAt }: Authorization,
    under: { readonly epoch: number; readonly consentId: ConsentId },
  ): void => {
    const { clientId, redirectUri, redirectUriSent, codeChallenge } = goal;
    // Written out: spreading takes longer than binding.
    insert.run({
      grantId,
      environment,
      clientId,
      userId,
      now,
      expiresAt,
      epoch: under.epoch,
      consentId: under.consentId,
      redirectUri,
      redirectUriSent: redirectUriSent ? 1 : 0,
      codeChallenge,
      codeDigest,
      codeExpiresAt,
      purgeAfter: codeExpiresAt + UNUSED_KEPT_MS,
    });
  };
}

function compileRecord(executor: SqliteExecutor, essentials: Pick<Essentials, 'clock' | 'random'>) {
  const audit = compileAudit(executor);
  return (
    environment: EnvironmentId,
    { userId, now, goal, grantId }: Authorization,
    type: AuditEventType,
  ): void => {
    const auditId = newOrderedId<AuditEventId>(essentials);
    audit.run({ auditId, environment, now, type, userId, clientId: goal.clientId, grantId, detail: null });
  };
}
