import {
  carryChainOn,
  chainsOfOtherKeys,
  sealAudit,
  UnavailableError,
  type EnvironmentId,
  type Essentials,
} from '@fluxo/core';
import type { Log } from '../http/build-app.js';
import type { ServerStorage } from '../services.js';

const INTERVAL_MS = 2_000;
/** Then the next environment has its turn, so that a busy one keeps nobody waiting. */
const MOST_SEALS_A_TURN = 8;

export interface SealerContext {
  readonly storage: ServerStorage;
  readonly essentials: Pick<Essentials, 'clock' | 'keyRing'>;
}

/**
 * Seals what was written to the activity logs, every two seconds, environment by environment, in small transactions
 * between everybody else's. Any number of nodes may do so at once: of two that seal the same, one has done nothing.
 */
export class AuditSealer {
  readonly #context: SealerContext;
  /** Those whose chain was tampered with are told of once. */
  readonly #refused = new Set<EnvironmentId>();
  #log: Log | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isCarriedOn = false;
  #isStopping = false;

  constructor(context: SealerContext) {
    this.#context = context;
  }

  start(log: Log): void {
    this.#log = log;
    this.#timer = setInterval(() => void this.#round(), INTERVAL_MS);
    this.#timer.unref();
    void this.#round();
  }

  /** Ends between two seals; what waits is sealed by another node, or after the next start. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Seals what waits by now: a round under way may have passed some of it already, so another one follows. */
  async sealWaiting(): Promise<void> {
    await this.#running;
    await this.#round();
  }

  /** One at a time: whoever asks meanwhile waits for the one that runs. */
  #round(): Promise<void> {
    this.#running ??= this.#seal()
      .catch((error: unknown) => this.#log?.warn({ err: error }, 'the activity log could not be sealed yet'))
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async #seal(): Promise<void> {
    const { auditQueue } = this.#context.storage;
    await this.#carryOn();
    let isMore = true;
    while (isMore) {
      isMore = false;
      let at = await auditQueue.nextWaiting(undefined);
      while (at !== undefined && !this.#isStopping) {
        if (await this.#sealTurn(at)) isMore = true;
        at = await auditQueue.nextWaiting(at);
      }
    }
  }

  /** Once, at the start: chains that end under a key of before go on under the one that signs now. */
  async #carryOn(): Promise<void> {
    const { storage, essentials } = this.#context;
    if (this.#isCarriedOn) return;
    for await (const environmentId of chainsOfOtherKeys(storage.auditQueue, essentials)) {
      if (this.#isStopping) return;
      await this.#within(environmentId, async () => {
        const store = storage.forEnvironment(environmentId).auditSeals;
        await carryChainOn({ store, environmentId, essentials });
        return false;
      });
    }
    this.#isCarriedOn = true;
  }

  /** @returns whether more waits there */
  #sealTurn(environmentId: EnvironmentId): Promise<boolean> {
    const { storage, essentials } = this.#context;
    const store = storage.forEnvironment(environmentId).auditSeals;
    return this.#within(environmentId, async () => {
      for (let seals = 0; seals < MOST_SEALS_A_TURN && !this.#isStopping; seals += 1) {
        if ((await sealAudit({ store, environmentId, essentials })) !== 'more') return false;
      }
      return true;
    });
  }

  /** One broken chain must not keep the others from being sealed. @throws UnavailableError */
  async #within(environmentId: EnvironmentId, work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      if (!this.#refused.has(environmentId)) {
        this.#refused.add(environmentId);
        this.#log?.error({ err: error, environment: environmentId }, 'an activity log can’t be sealed');
      }
      return false;
    }
  }
}
