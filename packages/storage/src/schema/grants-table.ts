/** 0 or 1: SQLite has no truth values. */
type Flag = 0 | 1;

/** A grant's whole life in one row: authorized → active → revoked. */
export interface GrantsTable {
  id: string;
  environment_id: string;
  application_id: string;
  user_id: string;
  consent_id: string;
  user_epoch: number;
  authorized_at: number;
  redirect_uri: string;
  redirect_uri_sent: Flag;
  code_challenge: string | null;
  code_digest: Uint8Array;
  code_expires_at: number;
  redeemed_at: number | null;
  /** Absolute expiry by the policy of then. */
  expires_at: number | null;
  /** 0 until the code is redeemed. */
  generation: number;
  current_digest: Uint8Array | null;
  previous_digest: Uint8Array | null;
  rotated_at: number | null;
  successor_session_id: string | null;
  successor_used_at: number | null;
  key_id: string | null;
  refreshes: number;
  last_used_at: number | null;
  revoked_at: number | null;
  revoked_reason: string | null;
  /** Of a grant that a JWT began: which key signed it. It is dead with that key. */
  application_key_id: string | null;
  /** When the row may go; null while it may still be of use. */
  purge_after: number | null;
}
