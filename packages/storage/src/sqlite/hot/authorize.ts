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
import type { NamedParameters } from '../named-statement.js';
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

/** @param consent, epoch SQL for what the grant is under, and for the user's epoch */
const grantUnder = (consent: string, epoch: string): string =>
  `@grantId, @environment, @clientId, @userId, ${consent}, ${epoch}, @now, @redirectUri, @redirectUriSent,
    @codeChallenge, @codeDigest, @codeExpiresAt, @expiresAt, @purgeAfter`;

const BEGIN_GRANT = `
  INSERT INTO grants (id, environment_id, application_id, user_id, consent_id, user_epoch, authorized_at, redirect_uri,
    redirect_uri_sent, code_challenge, code_digest, code_expires_at, expires_at, purge_after)`;

const GRANT = `${BEGIN_GRANT} VALUES (${grantUnder('@consentId', '@epoch')})`;

/** Only by a consent that remembers this very redirect URL, to an application that still may, of a user who still may. */
const GRANT_REMEMBERED = `${BEGIN_GRANT}
  SELECT ${grantUnder('c.id', 'u.grant_epoch')}
  FROM consents c
  JOIN users u ON u.id = c.user_id AND u.disabled_at IS NULL
  JOIN applications a ON a.id = c.application_id AND a.enabled = 1 AND a.remember_consent = 1
  WHERE c.user_id = @userId AND c.application_id = @clientId AND c.environment_id = @environment
    AND c.remembered_redirect_uri = @redirectUri`;

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
  const grant = executor.compile(GRANT);
  const grantRemembered = executor.compile(GRANT_REMEMBERED);
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
      const under = { epoch: permission.epoch, consentId: row?.id ?? consentId };
      grant.run(grantParameters(environment, input, under));
      record(environment, input, 'grant.authorized');
      return 'authorized';
    },
    authorizeRemembered(environment: EnvironmentId, input: Authorization): 'authorized' | 'not-remembered' {
      if (grantRemembered.run(grantParameters(environment, input)) === 0) return 'not-remembered';
      record(environment, input, 'grant.authorized');
      return 'authorized';
    },
  };
}

/** @param under absent where the statement finds it. Written out: spreading takes longer than binding. */
function grantParameters(
  environment: EnvironmentId,
  { grantId, userId, now, goal, codeDigest, codeExpiresAt, expiresAt }: Authorization,
  under?: { readonly epoch: number; readonly consentId: ConsentId },
): NamedParameters {
  const { clientId, redirectUri, redirectUriSent, codeChallenge } = goal;
  return {
    grantId,
    environment,
    clientId,
    userId,
    now,
    expiresAt,
    epoch: under?.epoch ?? null,
    consentId: under?.consentId ?? null,
    redirectUri,
    redirectUriSent: redirectUriSent ? 1 : 0,
    codeChallenge,
    codeDigest,
    codeExpiresAt,
    purgeAfter: codeExpiresAt + UNUSED_KEPT_MS,
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
