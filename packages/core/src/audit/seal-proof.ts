import type { KeyRing } from '../keys/key-ring.js';
import { equalDigests } from '../tokens/digest.js';
import { macOfChain } from './audit-seal.js';
import type { AuditSeal } from './audit-seal-store.js';

/** Seals that no key at hand vouches for. */
export interface UnprovenSeals {
  readonly from: number;
  readonly keyId: string;
  /** Null: up to the newest; a seal to come can still vouch for them. */
  readonly to: number | null;
}

/** Goes along the chain and keeps for which seals a key at hand vouches, by their own MAC or by a later one. */
export class SealProof {
  readonly #keyRing: KeyRing;
  #open: UnprovenSeals | null = null;
  /** Before a restart: nothing that comes later vouches for them. */
  #lost: UnprovenSeals | null = null;

  constructor(keyRing: KeyRing) {
    this.#keyRing = keyRing;
  }

  /** @returns false where the key is at hand and did not make this MAC */
  pass({ sequence, keyId, mac, isRestart }: AuditSeal, chain: Uint8Array): boolean {
    if (isRestart) {
      if (this.#open !== null) this.#lost ??= { ...this.#open, to: sequence - 1 };
      this.#open = null;
    }
    const key = this.#keyRing.find(keyId);
    if (key === undefined) {
      this.#open ??= { from: sequence, keyId, to: null };
      return true;
    }
    this.#open = null;
    return equalDigests(macOfChain(key, chain), mac);
  }

  get unproven(): UnprovenSeals | null {
    return this.#lost ?? this.#open;
  }
}
