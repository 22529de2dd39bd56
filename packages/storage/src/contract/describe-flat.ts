import { systemRandom } from '@fluxo/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContractHouse, type OpenStorage } from './contract-house.js';
import { HOUR_MS } from './contract-values.js';
import type { Grant } from './grant.js';
import type { Tenant } from './tenant.js';

const STEP_MS = 24 * HOUR_MS;
const STEPS_IN_A_MONTH = 30;
const MONTHS = 6;
const CONNECTIONS = 4;
/** What waits for the next look, and what is kept for a week after it ended. */
const MOST_ROWS = 160;

export interface StoredSize {
  readonly rows: Readonly<Record<'sessions' | 'grants' | 'flows' | 'throttles' | 'used_once', number>>;
  /** Of these tables and their indexes. */
  readonly bytes: number;
}

export interface FlatSetting {
  readonly open: OpenStorage;
  readonly measure: () => Promise<StoredSize>;
  /** What the database does by itself in the course of a month. */
  readonly ownCleaning?: () => Promise<void>;
}

/** Six simulated months in one environment: nothing but what is alive is stored, and no job ran that removed it. */
export function describeFlat(name: string, { open, measure, ownCleaning }: FlatSetting): void {
  describe(`${name}, after six months of refreshes and expiries,`, { timeout: 240_000 }, () => {
    const house = new ContractHouse();
    beforeAll(() => house.open(open));
    afterAll(() => house.storage.close());

    it('stores what is alive, as after the first month', async () => {
      const tenant = await house.tenant();
      const connected = Array.from({ length: CONNECTIONS }, () => tenant.connected());
      const life = new Life(tenant, await Promise.all(connected));
      const month = async (): Promise<void> => {
        await life.month();
        await ownCleaning?.();
      };
      await month();
      const first = await measure();
      for (let count = 2; count <= MONTHS; count += 1) await month();
      const last = await measure();
      for (const count of Object.values(last.rows)) expect(count).toBeLessThan(MOST_ROWS);
      expect(last.bytes).toBeLessThan(first.bytes * 1.5);
      // The benign twin: thousands of rows came and went, and those who stayed are alive.
      expect(life.refreshes).toBeGreaterThan(MOST_ROWS * 4);
      expect(await life.areAllAlive()).toBe(true);
    });
  });
}

class Life {
  readonly #tenant: Tenant;
  readonly #grants: readonly Grant[];
  #generation = 1;
  refreshes = 0;

  constructor(tenant: Tenant, grants: readonly Grant[]) {
    this.#tenant = tenant;
    this.#grants = grants;
  }

  async month(): Promise<void> {
    for (let step = 0; step < STEPS_IN_A_MONTH; step += 1) {
      this.#tenant.advance(STEP_MS);
      this.#tenant.house.clock.moveReal(STEP_MS);
      await Promise.all(this.#grants.map((grant) => grant.refresh(this.#generation)));
      this.#generation += 1;
      this.refreshes += this.#grants.length;
      await this.#comeAndGo(step);
    }
  }

  /** Of each kind that ends: dropped sign-ins, unused codes, revoked, expired and forgotten grants, guesses, what is used once. */
  async #comeAndGo(step: number): Promise<void> {
    const { storage, now } = this.#tenant;
    await this.#tenant.flow({ kind: 'page', path: '/account', uiLocales: null });
    await storage.throttle.take([{ key: systemRandom.bytes(32), limit: 1, windowMs: HOUR_MS }], now);
    for (let use = 0; use < 2; use += 1) {
      await storage.replay.useOnce(systemRandom.bytes(32), now + HOUR_MS, now);
    }
    await this.#tenant.authorized();
    if (step % 6 === 0) {
      const revoked = await this.#tenant.connected();
      await storage.grants.revokeGrant(revoked.id, 'revoked-by-administrator', { now });
    }
    if (step % 6 === 3) await this.#connectFor({ absoluteDays: 1, inactivityDays: null });
    if (step % 12 === 5) await this.#connectFor({ absoluteDays: null, inactivityDays: 2 });
    if (step % 12 === 11) {
      const user = await this.#tenant.user();
      await this.#tenant.connected({ user });
      await storage.users.update(user.id, { enabled: false }, now);
    }
  }

  async #connectFor(policy: {
    readonly absoluteDays: number | null;
    readonly inactivityDays: number | null;
  }): Promise<void> {
    const refreshPolicy = { rotation: true, ...policy };
    await this.#tenant.connected({ application: await this.#tenant.application({ refreshPolicy }) });
  }

  async areAllAlive(): Promise<boolean> {
    const alive = await Promise.all(this.#grants.map(({ sessionId }) => this.#tenant.isAlive(sessionId)));
    return alive.every(Boolean);
  }
}
