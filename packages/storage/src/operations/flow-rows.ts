import type {
  ClientId,
  EndpointFamily,
  EnvironmentId,
  Flow,
  FlowGoal,
  FlowId,
  FlowProof,
  IdentityProviderId,
  KeptProviderSession,
  LocalPage,
  UserId,
} from '@fluxo/core';
import type { Insertable, Selectable } from 'kysely';
import type { Tables } from '../schema/tables.js';

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

/** The proof is void once the user's sessions are: by another password, by signing out everywhere. */
export const NO_PROOF = {
  ...{ proven_user_id: null, proven_by: null, proven_federation_id: null },
  ...{ proven_epoch: null, proof_expires_at: null },
  ...{ proven_subject: null, proven_session_index: null, proven_session: null, proven_session_key_id: null },
};

function provenSessionColumns(session: KeptProviderSession | undefined) {
  return {
    proven_subject: session?.subjectDigest ?? null,
    proven_session_index: session?.index ?? null,
    proven_session: session?.sealed.bytes ?? null,
    proven_session_key_id: session?.sealed.keyId ?? null,
  };
}

function toProvenSession(row: FlowRow): KeptProviderSession | undefined {
  const { proven_subject: subjectDigest, proven_session: bytes, proven_session_key_id: keyId } = row;
  if (subjectDigest === null || bytes === null || keyId === null) return undefined;
  return { subjectDigest, index: row.proven_session_index, sealed: { keyId, bytes } };
}

export function proofColumns({ userId, by, expiresAt }: FlowProof, epoch: number) {
  const isProvider = by.kind === 'provider';
  return {
    proven_user_id: userId,
    proven_by: isProvider ? by.providerId : 'password',
    proven_federation_id: isProvider ? by.federationId : null,
    proven_epoch: epoch,
    proof_expires_at: expiresAt,
    ...provenSessionColumns(isProvider ? by.session : undefined),
  };
}

function toProof(row: FlowRow): FlowProof | null {
  if (row.proven_user_id === null) return null;
  const federationId = row.proven_federation_id;
  return {
    userId: row.proven_user_id as UserId,
    by:
      federationId === null
        ? { kind: 'password' }
        : {
            kind: 'provider',
            providerId: row.proven_by as IdentityProviderId,
            federationId,
            session: toProvenSession(row),
          },
    expiresAt: row.proof_expires_at ?? 0,
  };
}

export function toFlow(id: FlowId, row: FlowRow): Flow {
  return {
    id,
    digest: row.digest,
    browserDigest: row.browser_digest,
    goal: toGoal(row),
    username: row.username,
    userId: row.user_id as UserId | null,
    forceLogin: row.force_login === 1,
    providerId: row.provider_id as IdentityProviderId | null,
    providerStateDigest: row.provider_state_digest,
    proof: toProof(row),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

export function flowColumns(flow: Flow, environmentId: EnvironmentId): Insertable<Tables['flows']> {
  return {
    id: flow.id,
    environment_id: environmentId,
    digest: flow.digest,
    browser_digest: flow.browserDigest,
    username: flow.username,
    user_id: flow.userId,
    created_at: flow.createdAt,
    expires_at: flow.expiresAt,
    force_login: flow.forceLogin ? 1 : 0,
    provider_id: flow.providerId,
    provider_state_digest: flow.providerStateDigest,
    provider_memory: null,
    ...NO_PROOF,
    ...goalColumns(flow.goal),
  };
}
