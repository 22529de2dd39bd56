import { createHash } from 'node:crypto';
import { idFromBytes, idToBytes, type AuditEventId, type EnvironmentId } from '../ids.js';
import type { RingKey } from '../keys/key-ring.js';
import { digestOf } from '../tokens/digest.js';
import type { AuditHead, AuditRow, AuditSeal } from './audit-seal-store.js';

const ID_BYTES = 16;
const HASH_BYTES = 32;
const LENGTH_BYTES = 4;
const ENTRY_BYTES = ID_BYTES + HASH_BYTES;
const FIRST_CHAIN = Buffer.alloc(HASH_BYTES);
/** No text is as long as this. */
const ABSENT = 0xffff_ffff;

/** What a seal says of one event. */
export interface SealEntry {
  readonly id: AuditEventId;
  readonly hash: Buffer;
}

export type ChainEnd = Pick<AuditHead, 'sequence' | 'chain'>;

/** Before the first seal. */
export const CHAIN_BEGIN: ChainEnd = { sequence: 0, chain: FIRST_CHAIN };

/** Every column with its length before it, in this order for good: no border between two of them can be moved. */
export function hashOfRow(row: AuditRow): Buffer {
  const columns = [
    ...[row.id, row.environmentId, String(row.at), row.type],
    ...[row.userId, row.clientId, row.grantId, row.detail],
    ...[row.actorId, row.via, row.evidence, row.omitted === null ? null : String(row.omitted)],
  ];
  const bytes = Buffer.allocUnsafe(columns.reduce((sum, column) => sum + mostBytesOf(column), 0));
  let end = 0;
  for (const column of columns) {
    const length = column === null ? 0 : bytes.write(column, end + LENGTH_BYTES);
    bytes.writeUInt32BE(column === null ? ABSENT : length, end);
    end += LENGTH_BYTES + length;
  }
  return digestOf(bytes.subarray(0, end));
}

/** UTF-8 takes three bytes at most for each unit of UTF-16. */
function mostBytesOf(column: string | null): number {
  return LENGTH_BYTES + 3 * (column?.length ?? 0);
}

/**
 * A plain hash chain with a MAC over its end: so each row can be named that was changed, and one seal of a key that is
 * at hand proves all before it, also those whose key was retired.
 */
export function sealRows(
  rows: readonly AuditRow[],
  after: ChainEnd,
  at: {
    readonly environmentId: EnvironmentId;
    readonly sealedAt: number;
    readonly key: RingKey;
    readonly isRestart?: boolean;
  },
): AuditSeal {
  const seal = {
    sequence: after.sequence + 1,
    sealedAt: at.sealedAt,
    isRestart: at.isRestart ?? false,
    eventCount: rows.length,
    firstEventId: rows[0]?.id ?? null,
    lastEventId: rows.at(-1)?.id ?? null,
    entries: Buffer.concat(rows.flatMap((row) => [idToBytes(row.id), hashOfRow(row)])),
  };
  const chain = nextChain(seal, after, at.environmentId);
  return { ...seal, chain, keyId: at.key.id, mac: macOfChain(at.key, chain) };
}

/** The hash over the chain before and what this seal says. */
export function nextChain(
  {
    sequence,
    sealedAt,
    isRestart,
    entries,
  }: Pick<AuditSeal, 'sequence' | 'sealedAt' | 'isRestart' | 'entries'>,
  before: Pick<ChainEnd, 'chain'>,
  environmentId: EnvironmentId,
): Buffer {
  return createHash('sha256')
    .update(before.chain)
    .update(idToBytes(environmentId))
    .update(numberOf8Bytes(sequence))
    .update(numberOf8Bytes(sealedAt))
    .update(Buffer.of(isRestart ? 1 : 0))
    .update(entries)
    .digest();
}

export function macOfChain(key: RingKey, chain: Uint8Array): Buffer {
  return key.mac('audit-seal', chain);
}

/** A purpose of its own: the MAC of an older seal, which is in the database, is none of a head. */
export function macOfHead(key: RingKey, { sequence, chain }: ChainEnd, environmentId: EnvironmentId): Buffer {
  return key.mac('audit-head', idToBytes(environmentId), numberOf8Bytes(sequence), chain);
}

/** Undefined when the bytes are no entries, or the columns beside tell another story. */
export function readEntries({
  entries,
  eventCount,
  firstEventId,
  lastEventId,
}: AuditSeal): readonly SealEntry[] | undefined {
  if (entries.byteLength !== eventCount * ENTRY_BYTES) return undefined;
  const bytes = Buffer.from(entries);
  const read: SealEntry[] = Array.from({ length: eventCount }, (_, index) => {
    const at = index * ENTRY_BYTES;
    const hash = bytes.subarray(at + ID_BYTES, at + ENTRY_BYTES);
    return { id: idFromBytes<AuditEventId>(bytes.subarray(at, at + ID_BYTES)), hash };
  });
  const named = firstEventId === (read[0]?.id ?? null) && lastEventId === (read.at(-1)?.id ?? null);
  return named ? read : undefined;
}

function numberOf8Bytes(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, BigInt(value)));
  return bytes;
}
