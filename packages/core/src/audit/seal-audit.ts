import type { Essentials } from '../essentials.js';
import type { EnvironmentId } from '../ids.js';
import { CHAIN_BEGIN, macOfHead, sealRows } from './audit-seal.js';
import type { AuditSealStore } from './audit-seal-store.js';

/** A seal covers at most so many events: what one transaction reads and writes is bounded. */
export const MOST_EVENTS_PER_SEAL = 256;

/** `more`: at least as much may wait as was sealed. `lost`: another sealer was faster; what it left waits on. */
export type SealOutcome = 'more' | 'done' | 'lost';

export interface SealContext {
  readonly store: AuditSealStore;
  readonly environmentId: EnvironmentId;
  readonly essentials: Pick<Essentials, 'clock' | 'keyRing'>;
}

/** Adds one seal over what waits in an environment. */
export async function sealAudit({ store, environmentId, essentials }: SealContext): Promise<SealOutcome> {
  const { head, rows } = await store.unsealed(MOST_EVENTS_PER_SEAL);
  const key = essentials.keyRing.signing;
  if (rows.length === 0) return 'done';
  const sealedAt = essentials.clock.real();
  const seal = sealRows(rows, head ?? CHAIN_BEGIN, { environmentId, sealedAt, key });
  const outcome = await store.addSeal(seal, macOfHead(key, seal, environmentId));
  if (outcome === 'lost') return 'lost';
  return rows.length === MOST_EVENTS_PER_SEAL ? 'more' : 'done';
}

/**
 * Ends the chain under the key that signs now, by a seal over no event: it vouches for all before it, so that the log
 * can be proven also when the key of before was retired.
 */
export async function carryChainOn({ store, environmentId, essentials }: SealContext): Promise<void> {
  const { head } = await store.unsealed(0);
  const key = essentials.keyRing.signing;
  if (head === null || head.keyId === key.id) return;
  const seal = sealRows([], head, { environmentId, sealedAt: essentials.clock.real(), key });
  await store.addSeal(seal, macOfHead(key, seal, environmentId));
}

/** Until nothing waits, or another sealer is at it. */
export async function sealAllAudit(context: SealContext): Promise<void> {
  while ((await sealAudit(context)) === 'more');
}
