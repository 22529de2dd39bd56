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

/** A use is written at most this often for one session; its idle timeout is 15 minutes at least. */
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
  #written = new Map<SessionId, number>();
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
    this.#secrets.set(secretId, use);
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
      this.#remember(batch.sessions.values());
    } catch (error) {
      this.#sessions = new Map([...batch.sessions, ...this.#sessions]);
      this.#secrets = new Map([...batch.secrets, ...this.#secrets]);
      throw error;
    } finally {
      if (this.#writing === batch.sessions) this.#writing = new Map();
    }
  }

  /** What was noted again while it was written is not worth another write. */
  #remember(uses: Iterable<SessionUse>): void {
    if (this.#written.size > MOST_REMEMBERED) this.#written = new Map();
    for (const { sessionId, at } of uses) {
      this.#written.set(sessionId, at);
      const pending = this.#sessions.get(sessionId);
      if (pending !== undefined && pending.at - at < WRITE_INTERVAL_MS) this.#sessions.delete(sessionId);
    }
  }
}
