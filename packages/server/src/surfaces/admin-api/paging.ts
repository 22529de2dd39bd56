import { createHash } from 'node:crypto';
import { equalDigests, idToBytes, type PageRequest, type Position } from '@fluxo/core';
import type { Services } from '../../services.js';
import type { AdminCall } from './admin-call.js';
import { AdminProblem } from './admin-problem.js';

const DEFAULT_LIMIT = 25;
const MOST_CHARACTERS = 8192;
const MAC_BYTES = 32;

interface PageQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** One list of one environment, with one filter. */
export interface ListQuery {
  /** Names the list: two with the same filter are two lists. */
  readonly list: string;
  readonly query: PageQuery;
  readonly call: Pick<AdminCall, 'tenant'>;
  readonly services: Pick<Services, 'essentials'>;
}

/**
 * What a query asks of a list. A cursor goes on in the very list that it came from: with another filter it would skip
 * what it never showed. The MAC says that it is one of ours, so that its parts need no further look.
 * @throws AdminProblem 400
 */
export function readPage(asked: ListQuery): PageRequest {
  const { limit = DEFAULT_LIMIT, cursor } = asked.query;
  if (cursor === undefined) return { limit };
  const after = decode(cursor, asked);
  if (after !== undefined) return { limit, after };
  const detail = 'The cursor is not from this list with this filter: begin without one.';
  throw new AdminProblem('invalid-input', detail, { faults: [{ field: 'cursor', detail }] });
}

export function cursorOf(next: Position | null, asked: ListQuery): string | null {
  if (next === null) return null;
  const said = Buffer.from(JSON.stringify(next));
  const mac = asked.services.essentials.keyRing.signing.mac('list-cursor', ...boundTo(asked), said);
  return Buffer.concat([mac, said]).toString('base64url');
}

function decode(cursor: string, asked: ListQuery): Position | undefined {
  if (cursor.length > MOST_CHARACTERS || !/^[\w-]+$/.test(cursor)) return undefined;
  const bytes = Buffer.from(cursor, 'base64url');
  const [mac, said] = [bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES)];
  const isOurs = asked.services.essentials.keyRing.all.some((key) =>
    equalDigests(key.mac('list-cursor', ...boundTo(asked), said), mac),
  );
  return isOurs ? (JSON.parse(said.toString('utf8')) as Position) : undefined;
}

/** Parts of fixed length. */
function boundTo({ list, query, call }: ListQuery): readonly [Buffer, Buffer] {
  const filter = Object.entries(query)
    .filter(([key, value]) => key !== 'limit' && key !== 'cursor' && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = createHash('sha256')
    .update(JSON.stringify([list, filter]))
    .digest();
  return [idToBytes(call.tenant.environment.id), digest];
}
