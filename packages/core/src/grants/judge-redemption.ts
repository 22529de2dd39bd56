import type { ClientId } from '../ids.js';
import { equalDigests } from '../tokens/digest.js';
import type { Redemption, RedemptionRefusal } from './grant-store.js';

/** The row of a grant, as far as the exchange of its code is concerned. */
export interface RedemptionEvidence {
  readonly clientId: ClientId;
  readonly codeDigest: Uint8Array;
  readonly codeExpiresAt: number;
  readonly redeemedAt: number | null;
  readonly redirectUri: string;
  readonly redirectUriSent: boolean;
  readonly codeChallenge: string | null;
  /** Grant, consent, user and application allow it. */
  readonly stands: boolean;
}

/**
 * Says why a redemption did not win. Everything but single use is asked first: a second exchange kills
 * the grant only when it would have succeeded on an unused code (RFC 6749 §4.1.2), so that a stolen code
 * alone, without secret or verifier, is no weapon.
 */
export function judgeRedemption(
  row: RedemptionEvidence | undefined,
  input: Redemption,
): RedemptionRefusal | 'replayed' {
  if (row?.clientId !== input.clientId || !equalDigests(row.codeDigest, input.codeDigest)) return 'unknown';
  if (input.redirectUri === null ? row.redirectUriSent : input.redirectUri !== row.redirectUri) {
    return input.redirectUri === null ? 'redirect-uri-missing' : 'redirect-uri-differs';
  }
  if (input.codeChallenge !== row.codeChallenge) {
    if (row.codeChallenge === null) return 'verifier-unexpected';
    return input.codeChallenge === null ? 'verifier-missing' : 'verifier-differs';
  }
  if (!row.stands) return 'ended';
  if (row.redeemedAt !== null) return 'replayed';
  return row.codeExpiresAt <= input.now ? 'code-expired' : 'ended';
}
