import type { Environment } from '../environments/environment.js';
import type { EnvironmentId, GrantId, SecretId, SessionId, UserId } from '../ids.js';
import type { SessionEvidence, SessionOrigin } from '../sessions/session.js';

export interface SessionUse {
  readonly environmentId: EnvironmentId;
  readonly sessionId: SessionId;
  readonly origin: SessionOrigin;
  readonly userId: UserId;
  readonly grantId: GrantId | null;
  /** The first use of a session closes the window in which its refresh may be repeated. */
  readonly first: boolean;
  readonly at: number;
  /** When the session ends unless it is used again. */
  readonly idleExpiresAt: number;
}

export interface SecretUse {
  readonly environmentId: EnvironmentId;
  readonly at: number;
}

export interface UsageBatch {
  readonly sessions: readonly SessionUse[];
  readonly secrets: ReadonlyMap<SecretId, SecretUse>;
}

export interface UsageStore {
  /** One transaction. Times only move forward: a late batch never takes a newer use back. */
  recordUsage(batch: UsageBatch): Promise<void>;
}

/** A use is written at most this often for one session or secret; a session's idle timeout is 15 minutes at least. */
const WRITE_INTERVAL_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/**
 * What was used since the last write. Requests only note it here; the server writes batches behind
 * them. `onFirstUse` asks for a write at once.
 */
export class Usage {
  #sessions = new Map<SessionId, SessionUse>();
  #secrets = new Map<SecretId, SecretUse>();
  /** On its way to the database: neither pending any more nor readable yet. */
  #writing: ReadonlyMap<SessionId, SessionUse> = new Map();
  /** What was written lately: a request that read the session before must not have it written again. */
  readonly #written = new Map<SessionId, number>();
  readonly #writtenSecrets = new Map<SecretId, number>();
  #last: Promise<void> = Promise.resolve();
  readonly #onFirstUse: () => void;

  constructor(onFirstUse: () => void) {
    this.#onFirstUse = onFirstUse;
  }

  sessionUsed(evidence: SessionEvidence, environment: Environment, at: number): void {
    const pending = this.#sessions.get(evidence.id);
    const written = this.#written.get(evidence.id);
    const first = evidence.lastUsedAt === null && written === undefined && (pending?.first ?? true);
    const noted = Math.max(evidence.lastUsedAt ?? 0, pending?.at ?? 0, written ?? 0);
    if (!first && at - noted < WRITE_INTERVAL_MS) return;
    this.#sessions.set(evidence.id, {
      environmentId: environment.id,
      sessionId: evidence.id,
      origin: evidence.origin,
      userId: evidence.user.id,
      grantId: evidence.grant?.id ?? null,
      first,
      at,
      idleExpiresAt: at + environment.settings.sessionIdleTimeoutMs,
    });
    if (first && pending === undefined) this.#onFirstUse();
  }

  secretUsed(secretId: SecretId, use: SecretUse): void {
    const written = this.#writtenSecrets.get(secretId);
    if (written === undefined || use.at - written >= WRITE_INTERVAL_MS) this.#secrets.set(secretId, use);
  }

  /** Epoch milliseconds of a use that is not written yet; 0 for none. */
  pendingUseOf(sessionId: SessionId): number {
    return (this.#sessions.get(sessionId) ?? this.#writing.get(sessionId))?.at ?? 0;
  }

  /** How many notes wait for the next write. */
  get pendingCount(): number {
    return this.#sessions.size + this.#secrets.size;
  }

  /**
   * Writes what is pending, after what is being written. When the write fails, nothing is lost: the next one
   * takes it along.
   */
  flush(store: UsageStore): Promise<void> {
    const write = this.#last.then(() => this.#write(store));
    this.#last = write.catch(() => undefined);
    return write;
  }

  async #write(store: UsageStore): Promise<void> {
    const batch = { sessions: this.#sessions, secrets: this.#secrets };
    if (batch.sessions.size === 0 && batch.secrets.size === 0) return;
    this.#sessions = new Map();
    this.#secrets = new Map();
    this.#writing = batch.sessions;
    try {
      await store.recordUsage({ sessions: [...batch.sessions.values()], secrets: batch.secrets });
      remember(batch.sessions, this.#sessions, this.#written);
      remember(batch.secrets, this.#secrets, this.#writtenSecrets);
    } catch (error) {
      this.#sessions = new Map([...batch.sessions, ...this.#sessions]);
      this.#secrets = new Map([...batch.secrets, ...this.#secrets]);
      throw error;
    } finally {
      if (this.#writing === batch.sessions) this.#writing = new Map();
    }
  }
}

/** What was noted again while it was written is not worth another write. */
function remember<Id, Use extends { readonly at: number }>(
  batch: ReadonlyMap<Id, Use>,
  pending: Map<Id, Use>,
  written: Map<Id, number>,
): void {
  if (written.size > MOST_REMEMBERED) written.clear();
  for (const [id, { at }] of batch) {
    written.set(id, at);
    const again = pending.get(id);
    if (again !== undefined && again.at - at < WRITE_INTERVAL_MS) pending.delete(id);
  }
}
