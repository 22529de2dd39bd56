/** The activity log, what of it waits for a seal, and the seals. */
export interface AuditTables {
  audit_events: {
    id: string;
    environment_id: string;
    at: number;
    type: string;
    user_id: string | null;
    application_id: string | null;
    grant_id: string | null;
    detail: string | null;
    actor_id: string | null;
    /** Null where the type says it, and in rows of earlier versions. */
    via: 'page' | 'api' | 'cli' | 'operator' | 'protocol' | null;
    /** JSON: check, expected, received. */
    evidence: string | null;
    omitted: number | null;
  };
  /** Filled by a trigger with each event, emptied by its seal. */
  audit_unsealed: { environment_id: string; id: string };
  audit_seals: {
    environment_id: string;
    sequence: number;
    sealed_at: number;
    is_restart: 0 | 1;
    event_count: number;
    first_event_id: string | null;
    last_event_id: string | null;
    entries: Uint8Array;
    chain: Uint8Array;
    key_id: string;
    mac: Uint8Array;
  };
  audit_heads: {
    environment_id: string;
    sequence: number;
    chain: Uint8Array;
    key_id: string;
    mac: Uint8Array;
  };
}
