import type { KeyAdmission, KeyRecord } from './judge-keys.js';

/** Which secret keys this database has known: their names only, never a key. Belongs to no environment. */
export interface KeyStore {
  /** The oldest first. */
  list(): Promise<readonly KeyRecord[]>;
  /**
   * Judges the ring by `judgeKeys` and records what is new in it, in one transaction: of two nodes that start
   * at once with different keys on an empty database exactly one is admitted.
   */
  admit(keyIds: readonly string[], now: number): Promise<KeyAdmission>;
  /** @returns false when the key was never recorded; retiring twice keeps the first time */
  retire(keyId: string, now: number): Promise<boolean>;
}
