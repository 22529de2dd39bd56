import type { Essentials } from '../essentials.js';
import type { EnvironmentId } from '../ids.js';
import type { KeyRing } from '../keys/key-ring.js';
import { equalDigests } from '../tokens/digest.js';
import { CHAIN_BEGIN, macOfHead, sealRows } from './audit-seal.js';
import type { AuditHead, AuditQueue, AuditRow, AuditSealStore } from './audit-seal-store.js';

/** A seal covers at most so many events: what one transaction reads and writes is bounded. */
export const MOST_EVENTS_PER_SEAL = 256;

/** `more`: at least as much may wait as was sealed. `lost`: another sealer was faster; what it left waits on. */
export type SealOutcome = 'more' | 'done' | 'lost';

export interface SealContext {
  readonly store: AuditSealStore;
  readonly environmentId: EnvironmentId;
  readonly essentials: Pick<Essentials, 'clock' | 'keyRing'>;
}

/** The chain, its end or what waits is not as it was left: nothing may be built on it. */
export class BrokenChainError extends Error {
  constructor(environmentId: EnvironmentId) {
    super(
      `The activity log of the environment ${environmentId} was changed by something else than Fluxo, so nothing more is ` +
        'sealed there. See: fluxo audit verify',
    );
    this.name = 'BrokenChainError';
  }
}

/** Adds one seal over what waits in an environment. @throws BrokenChainError */
export async function sealAudit(context: SealContext): Promise<SealOutcome> {
  const { head, rows } = await context.store.unsealed(MOST_EVENTS_PER_SEAL);
  if (rows.length === 0) return 'done';
  const outcome = await addSeal(rows, head, context);
  if (outcome === 'lost') return 'lost';
  return rows.length === MOST_EVENTS_PER_SEAL ? 'more' : 'done';
}

/**
 * Ends the chain under the key that signs now, by a seal over no event: it vouches for all before it, so that the log
 * can be proven also when the key of before was retired. @throws BrokenChainError
 */
export async function carryChainOn(context: SealContext): Promise<void> {
  const { head } = await context.store.unsealed(0);
  if (head === null || head.keyId === context.essentials.keyRing.signing.id) return;
  await addSeal([], head, context);
}

/** Until nothing waits, or another sealer is at it. @throws BrokenChainError */
export async function sealAllAudit(context: SealContext): Promise<void> {
  while ((await sealAudit(context)) === 'more');
}

/** Environments whose chain ends under another key than the one that signs now. */
export async function* chainsOfOtherKeys(
  queue: AuditQueue,
  { keyRing }: Pick<Essentials, 'keyRing'>,
): AsyncGenerator<EnvironmentId, void, undefined> {
  let at = await queue.nextSealedByOther(keyRing.signing.id, undefined);
  while (at !== undefined) {
    yield at;
    at = await queue.nextSealedByOther(keyRing.signing.id, at);
  }
}

async function addSeal(
  rows: readonly AuditRow[],
  head: AuditHead | null,
  { store, environmentId, essentials }: SealContext,
): Promise<'sealed' | 'lost'> {
  const { keyRing, clock } = essentials;
  const key = keyRing.signing;
  const isRestart = head !== null && !isProven(head, environmentId, keyRing);
  const at = { environmentId, sealedAt: clock.real(), key, isRestart };
  const seal = sealRows(rows, head ?? CHAIN_BEGIN, at);
  return store.addSeal(seal, macOfHead(key, seal, environmentId));
}

/**
 * Whoever only has the database can compute a plain chain anew, but not note its end. So the end is proven before a seal
 * vouches for it. @returns false where its key is gone @throws BrokenChainError
 */
function isProven(head: AuditHead, environmentId: EnvironmentId, keyRing: KeyRing): boolean {
  const key = keyRing.find(head.keyId);
  if (key === undefined) return false;
  if (!equalDigests(macOfHead(key, head, environmentId), head.mac)) throw new BrokenChainError(environmentId);
  return true;
}
