import type { FastifyRequest } from 'fastify';

/** The sessions that a program names: `sessionID` header, `Authorization: Bearer` or `sessionID`. */
export function sessionsInHeaders({ headers }: Pick<FastifyRequest, 'headers'>): readonly string[] {
  const { sessionid: own = '', authorization } = headers;
  const found = typeof own === 'string' ? withoutEmpty(own) : own;
  if (authorization === undefined) return found;
  // Whatever else stands in the header proves nothing, but it is there and it differs.
  return [...found, /^ *(?:bearer|sessionid) +(\S+) *$/i.exec(authorization)?.[1] ?? ''];
}

function withoutEmpty(value: string): readonly string[] {
  return value === '' ? [] : [value];
}
