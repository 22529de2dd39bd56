import type { AuditEventId, EnvironmentId } from '../ids.js';

/** An event as its row has it: what a seal covers, to the letter. */
export interface AuditRow {
  readonly id: AuditEventId;
  readonly environmentId: EnvironmentId;
  readonly at: number;
  readonly type: string;
  readonly userId: string | null;
  readonly clientId: string | null;
  readonly grantId: string | null;
  readonly detail: string | null;
  readonly actorId: string | null;
  readonly via: string | null;
  readonly evidence: string | null;
  readonly omitted: number | null;
}

/** A checkpoint of the log. What it covers, and each of its own columns, can't be changed without being found out. */
export interface AuditSeal {
  /** 1, 2, 3, …, without a gap. */
  readonly sequence: number;
  readonly sealedAt: number;
  /** Whether the sealer had no key to prove the chain before with: then this seal doesn't vouch for it, nor does any later one. */
  readonly isRestart: boolean;
  readonly eventCount: number;
  /** Null for one that covers no event: it only carries the chain on under another key. */
  readonly firstEventId: AuditEventId | null;
  readonly lastEventId: AuditEventId | null;
  /** For each event in turn: its identifier (16 bytes) and the SHA-256 of its row (32 bytes). */
  readonly entries: Uint8Array;
  /** SHA-256 over the chain before and this seal. */
  readonly chain: Uint8Array;
  readonly keyId: string;
  /** HMAC of the chain: proves this seal and all before it. */
  readonly mac: Uint8Array;
}

/** Where the chain ends. Without it the newest seals could be cut off. */
export interface AuditHead {
  readonly sequence: number;
  readonly chain: Uint8Array;
  readonly keyId: string;
  readonly mac: Uint8Array;
}

export interface Unsealed {
  readonly head: AuditHead | null;
  /** The oldest first, by their identifiers. */
  readonly rows: readonly AuditRow[];
}

export interface AuditTotals {
  readonly head: AuditHead | null;
  /** Its sequence, whatever the head says; 0 before there is one. */
  readonly newestSeal: number;
  readonly events: number;
  /** Events that wait for their seal. */
  readonly unsealed: number;
}

/**
 * Transactions commit in another order than their events' identifiers have, so a seal takes what waits, whatever its
 * identifier: each row waits in a queue from the very transaction that wrote it until a seal covers it.
 */
export interface AuditSealStore {
  /** One snapshot. */
  unsealed(limit: number): Promise<Unsealed>;
  /**
   * Adds the seal, moves the head and takes its events out of the queue, in one transaction. Of several sealers one
   * adds a sequence; the others hear `lost` and changed nothing.
   * @throws BrokenChainError when the head or the queue are not as they were left; then nothing was changed
   */
  addSeal(seal: AuditSeal, headMac: Uint8Array): Promise<'sealed' | 'lost'>;
  /** In their order, from the one after `after` to `upTo`. */
  seals(range: {
    readonly after: number;
    readonly upTo: number;
    readonly limit: number;
  }): Promise<readonly AuditSeal[]>;
  /** Those that are there, in any order. */
  rows(ids: readonly AuditEventId[]): Promise<readonly AuditRow[]>;
  /** One snapshot. */
  totals(): Promise<AuditTotals>;
  /** Identifiers of events that wait for no seal, in their order, after `after`. */
  settledIds(after: AuditEventId | undefined, limit: number): Promise<readonly AuditEventId[]>;
}

export interface AuditQueue {
  /** The next environment after `after`, in the order of identifiers, with events that wait. */
  nextWaiting(after: EnvironmentId | undefined): Promise<EnvironmentId | undefined>;
  /** The next one whose chain ends with a seal of another key than this. */
  nextSealedByOther(keyId: string, after: EnvironmentId | undefined): Promise<EnvironmentId | undefined>;
}
