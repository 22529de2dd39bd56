import type { FastifyRequest } from 'fastify';

/** The sessions that a program names: `sessionID` header, `Authorization: Bearer` or `sessionID`. */
export function sessionsInHeaders({ headers }: Pick<FastifyRequest, 'headers'>): readonly string[] {
  const own = headers['sessionid'];
  const found = own === undefined || own === '' ? [] : [own].flat();
  const { authorization } = headers;
  if (authorization === undefined) return found;
  // Whatever else stands in the header proves nothing, but it is there and it differs.
  return [...found, /^ *(?:bearer|sessionid) +(\S+) *$/i.exec(authorization)?.[1] ?? ''];
}
