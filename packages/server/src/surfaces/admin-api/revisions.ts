import type { Revision } from '@fluxo/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AdminProblem } from './admin-problem.js';

export function sendRevision(reply: FastifyReply, revision: Revision): void {
  reply.header('etag', `"${revision}"`);
}

/**
 * What the change was made of (RFC 9110 §13.1.1): without it one administrator undoes what another just did.
 * @returns undefined for `*`, whatever is there
 * @throws AdminProblem 428, 412
 */
export function readIfMatch({ headers }: FastifyRequest): Revision | undefined {
  const condition = headers['if-match'];
  if (condition === undefined) {
    throw new AdminProblem(
      'precondition-required',
      'Send If-Match with the ETag of what you read, or * to change whatever is there now.',
    );
  }
  if (condition.trim() === '*') return undefined;
  const [, digits] = /^"([1-9][0-9]{0,14})"$/.exec(condition.trim()) ?? [];
  if (digits === undefined) {
    throw new AdminProblem('precondition-failed', 'If-Match is no ETag of this address: read it again.');
  }
  return Number(digits);
}
