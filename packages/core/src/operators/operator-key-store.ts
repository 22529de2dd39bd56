import type { OperatorKeyId } from '../ids.js';

/** What lets an operator's programs manage environments. Belongs to none of them. */
export interface OperatorKey {
  readonly id: OperatorKeyId;
  readonly note: string | null;
  /** Kept in clear, also after deletion, so that an operator can be told which one a program still sends. */
  readonly lastCharacters: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  /** The tombstone's time; null while the key is good. */
  readonly deletedAt: number | null;
}

export interface OperatorKeyDigest extends OperatorKey {
  readonly digest: Uint8Array;
}

/** Kept outside all environments; never the keys, only their digests. */
export interface OperatorKeyStore {
  create(key: OperatorKeyDigest): Promise<void>;
  /** A deleted key is found too: its tombstone says so, and nothing equals its digest. */
  find(id: OperatorKeyId): Promise<OperatorKeyDigest | undefined>;
  /** The oldest first, the deleted ones too. */
  list(): Promise<readonly OperatorKey[]>;
  /** The digest goes for good. @returns false when there is no such key, or it was deleted before */
  delete(id: OperatorKeyId, at: number): Promise<boolean>;
  /** Never backwards, and not on a tombstone. */
  noteUse(id: OperatorKeyId, at: number): Promise<void>;
}
