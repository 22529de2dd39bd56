import { proveOperatorKey } from '@fluxo/core';
import type { FastifyRequest } from 'fastify';
import type { Services } from '../../services.js';
import { AdminProblem } from './admin-problem.js';

/** By an operator's key in `Authorization: Bearer`, on whichever host of ours. @throws AdminProblem 401 */
export async function admitOperator({ headers }: FastifyRequest, services: Services): Promise<void> {
  const { storage, essentials } = services;
  const key = /^ *bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  if ((await proveOperatorKey(key, { store: storage.operatorKeys, essentials })) !== undefined) return;
  throw new AdminProblem('not-signed-in', 'Send an operator’s key: Authorization: Bearer <key>.', {
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  });
}
