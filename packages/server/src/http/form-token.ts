import { equalDigests } from '@fluxo/core';
import type { Services } from '../services.js';

const FORM_TOKEN_FORM = /^[0-9a-f]{64}$/;

/** A MAC of the session: what a page of ours sends back is good for its own session only. */
export function formTokenOf(sessionId: string, { essentials }: Pick<Services, 'essentials'>): string {
  return essentials.keyRing.signing.mac('form-token', Buffer.from(sessionId, 'hex')).toString('hex');
}

export function isFormToken(
  token: string,
  sessionId: string,
  { essentials }: Pick<Services, 'essentials'>,
): boolean {
  // Decoding hexadecimal drops what it can't read: one token has one text.
  if (!FORM_TOKEN_FORM.test(token)) return false;
  const presented = Buffer.from(token, 'hex');
  const id = Buffer.from(sessionId, 'hex');
  return essentials.keyRing.all.some((key) => equalDigests(key.mac('form-token', id), presented));
}
