import type { GrantLife } from '@fluxo/core';

export interface GrantLifeRow {
  readonly user_id: GrantLife['userId'];
  readonly authorized_at: number;
  readonly expires_at: number | null;
  readonly user_last_active_at: number;
}

export function toGrantLife(row: GrantLifeRow): GrantLife {
  return {
    userId: row.user_id,
    authorizedAt: row.authorized_at,
    expiresAt: row.expires_at,
    userLastActiveAt: row.user_last_active_at,
  };
}
