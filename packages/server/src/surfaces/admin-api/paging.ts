import { createHash } from 'node:crypto';
import type { PageRequest, Position } from '@fluxo/core';
import { AdminProblem } from './admin-problem.js';

const DEFAULT_LIMIT = 25;
const MOST_CHARACTERS = 4096;

interface PageQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/**
 * What a query asks of a list. A cursor goes on in the very list that it came from: with another filter it would skip
 * what it never showed. It opens nothing that the caller may not see, so it is not signed.
 * @param parts how many sorting columns the list has
 * @throws AdminProblem 400
 */
export function readPage(query: PageQuery, list: { readonly name: string; readonly parts: number }): PageRequest {
  const { limit = DEFAULT_LIMIT, cursor } = query;
  if (cursor === undefined) return { limit };
  const after = decode(cursor, bindingOf(query, list.name));
  if (after?.length !== list.parts) {
    const detail = 'The cursor is not from this list with this filter: begin without one.';
    throw new AdminProblem('invalid-input', detail, { faults: [{ field: 'cursor', detail }] });
  }
  return { limit, after };
}

export function nextCursor(query: PageQuery, name: string, next: Position | null): string | null {
  return next === null
    ? null
    : Buffer.from(JSON.stringify([bindingOf(query, name), ...next])).toString('base64url');
}

function decode(cursor: string, binding: string): Position | undefined {
  if (cursor.length > MOST_CHARACTERS || !/^[\w-]+$/.test(cursor)) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return undefined;
    const [bound, ...position] = parts;
    // PostgreSQL's text has no NUL; nothing that we gave out has one.
    return bound === binding && !position.some((part) => part.includes('\0')) ? position : undefined;
  } catch {
    return undefined;
  }
}

function bindingOf(query: PageQuery, name: string): string {
  const filter = Object.entries(query)
    .filter(([key, value]) => key !== 'limit' && key !== 'cursor' && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify([name, filter])).digest('base64url').slice(0, 12);
}
