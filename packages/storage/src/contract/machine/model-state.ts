import type { ApplicationKind } from '@fluxo/core';

export interface ModelUser {
  enabled: boolean;
  /** Everything from before the latest disabling is dead for good. */
  era: number;
  lastActiveAt: number;
}

export interface ModelGrant {
  readonly user: ModelUser;
  readonly application: ModelApplication;
  readonly era: number;
  readonly authorizedAt: number;
  /** By the policy of then; Infinity for never. */
  readonly expiresAt: number;
  redeemedAt: number | undefined;
  revoked: boolean;
  generation: number;
  rotatedAt: number | undefined;
  /** The session of the newest answer: its use shows that the answer arrived. */
  answer: ModelSession | undefined;
  answerArrived: boolean;
}

export interface ModelSession {
  readonly user: ModelUser;
  readonly era: number;
  readonly grant: ModelGrant | undefined;
  readonly createdAt: number;
  lastUsedAt: number | undefined;
  /** Noted and not written yet. */
  pending: { readonly first: boolean; readonly at: number } | undefined;
  ended: boolean;
}

export interface ModelApplication {
  readonly kind: ApplicationKind;
  /** By the policy of now; Infinity for ever. */
  lifeMs: number;
  readonly absenceMs: number;
  rotation: boolean;
  enabled: boolean;
}
