/** The public halves of the keys that machine applications sign with. */
export interface ApplicationKeysTable {
  id: string;
  environment_id: string;
  application_id: string;
  /** Whom the application acts for with it, by this consent of theirs. */
  registered_by: string;
  consent_id: string;
  algorithm: 'RS256' | 'ES256' | 'EdDSA';
  /** SubjectPublicKeyInfo. */
  public_key: Uint8Array;
  fingerprint: string;
  note: string | null;
  created_at: number;
  last_used_at: number | null;
  deleted_at: number | null;
}
