import type { ApplicationKind } from '../applications/application.js';
import type { ClientId } from '../ids.js';
import { equalDigests } from '../tokens/digest.js';
import { DAY_MS, grantExpiresAt } from './grant-expiry.js';
import type { GrantLife, Refresh } from './grant-store.js';

/** The row of a grant, as far as its refresh tokens are concerned. */
export interface RefreshRowEvidence extends GrantLife {
  readonly clientId: ClientId;
  readonly generation: number;
  readonly currentDigest: Uint8Array | null;
  readonly previousDigest: Uint8Array | null;
  readonly rotatedAt: number | null;
  readonly successorUsedAt: number | null;
  /** Grant, consent, user and application allow it. */
  readonly stands: boolean;
}

/** How long the same refresh may be asked for again, when its answer was lost. */
function repeatWindowMs(kind: ApplicationKind): number {
  // A public client proves nothing but the token itself, so a thief could repeat as well as the owner.
  return kind === 'web' ? DAY_MS : 30_000;
}

/**
 * Says why a refresh did not win the row. The token's tag was genuine, so an older generation is proof
 * that somebody uses a superseded token (RFC 9700 §4.14.2); only the lost answer is forgiven.
 */
export function judgeRefresh(
  row: RefreshRowEvidence | undefined,
  input: Refresh,
): 'unknown' | 'ended' | 'expired' | 'repeated' | 'reused' {
  const { generation, digest } = input.presented;
  if (row?.clientId !== input.clientId || row.currentDigest === null || generation > row.generation)
    return 'unknown';
  if (generation === row.generation && !equalDigests(row.currentDigest, digest)) return 'unknown';
  if (!row.stands) return 'ended';
  if (grantExpiresAt(row, input.policy, row.userLastActiveAt) <= input.now) return 'expired';
  if (generation === row.generation) return 'ended';
  return mayRepeat(row, input) ? 'repeated' : 'reused';
}

function mayRepeat(row: RefreshRowEvidence, { presented, kind, now }: Refresh): boolean {
  return (
    presented.generation === row.generation - 1 &&
    row.previousDigest !== null &&
    equalDigests(row.previousDigest, presented.digest) &&
    row.successorUsedAt === null &&
    row.rotatedAt !== null &&
    now < row.rotatedAt + repeatWindowMs(kind)
  );
}
