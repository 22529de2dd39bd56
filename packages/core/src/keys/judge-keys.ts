export interface KeyRecord {
  readonly keyId: string;
  readonly firstSeenAt: number;
  /** Null for a key that tokens may still need. */
  readonly retiredAt: number | null;
}

export type KeyAdmission =
  | { readonly kind: 'admitted'; readonly added: readonly string[] }
  /** Tokens made with these keys would be nobody's: each person would have to connect again. */
  | { readonly kind: 'missing'; readonly keyIds: readonly string[] }
  /** An operator took these keys out of use, after a theft perhaps: nothing may be made with them again. */
  | { readonly kind: 'retired'; readonly keyIds: readonly string[] };

/** Whether a server with this ring may work on a database that has known these keys. */
export function judgeKeys(ringKeyIds: readonly string[], records: readonly KeyRecord[]): KeyAdmission {
  const isRetired = (keyId: string): boolean =>
    records.some((record) => record.keyId === keyId && record.retiredAt !== null);
  const missing = records.filter(({ keyId, retiredAt }) => retiredAt === null && !ringKeyIds.includes(keyId));
  if (missing.length > 0) return { kind: 'missing', keyIds: missing.map(({ keyId }) => keyId) };
  const retired = ringKeyIds.filter(isRetired);
  if (retired.length > 0) return { kind: 'retired', keyIds: retired };
  const known = new Set(records.map(({ keyId }) => keyId));
  return { kind: 'admitted', added: [...new Set(ringKeyIds)].filter((keyId) => !known.has(keyId)) };
}
