import { randomBytes } from 'node:crypto';
import { digestOf, formatRefreshToken, refreshTokenOf, type GrantId, type KeyRing } from '@fluxo/core';
import type { RawGrant, Token } from './load.js';

type RingKey = KeyRing['signing'];

export interface Issued {
  readonly token: Token;
  readonly raw: RawGrant;
  readonly digest: Uint8Array;
}

/** A refresh token for a grant that is in the database already. */
export function issue(grantId: string, generation: number, key: RingKey): Issued {
  const secret = randomBytes(24);
  const digest = digestOf(secret);
  const token = { token: formatRefreshToken(refreshTokenOf(grantId as GrantId, generation, secret), key) };
  return { token, raw: { id: grantId, generation, digest: digest.toString('hex') }, digest };
}

/** Grants of one user, as people have them who connect a few programs each. */
const GRANTS_PER_USER = 10;

/** How many users they are of, and after how many rows a token is taken: some from everywhere in the table. */
export function spread({ grants, tokens }: { readonly grants: number; readonly tokens: number }) {
  return {
    users: Math.max(1, Math.ceil(grants / GRANTS_PER_USER)),
    // As many again for the calls without HTTP.
    each: Math.max(1, Math.floor(grants / (2 * tokens))),
  };
}

/** Every other one goes to the clients, the rest to the calls without HTTP. */
export function share(issued: readonly Issued[]) {
  return {
    tokens: issued.filter((_one, index) => index % 2 === 0).map(({ token }) => token),
    rawGrants: issued.filter((_one, index) => index % 2 === 1).map(({ raw }) => raw),
  };
}
