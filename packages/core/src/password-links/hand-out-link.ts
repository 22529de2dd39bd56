import { ConflictError } from '../errors/refusals.js';
import { passwordCounts } from '../identity-providers/route-sign-in.js';
import { emailOf, type User } from '../users/user.js';
import {
  mintPasswordLink,
  type IssuedPasswordLink,
  type PasswordLinkContext,
} from './issue-password-link.js';
import type { PasswordLinkPurpose } from './password-link-store.js';

/** A link that an administrator hands out; `to` is null where nobody can be written to. */
export type HandedOutLink = Omit<IssuedPasswordLink, 'to'> & { readonly to: string | null };

/**
 * At an administrator's word: unlike somebody who says to have forgotten a password, an administrator is told why there
 * is none. @throws ConflictError for whom a password would not count, or who may not sign in
 */
export async function handOutPasswordLink(
  user: User,
  purpose: PasswordLinkPurpose,
  { environmentId, essentials, passwordLinks, singleSignOn }: PasswordLinkContext,
): Promise<HandedOutLink> {
  requirePasswordWay(user, singleSignOn);
  const now = essentials.clock.now(environmentId);
  const { link, token } = mintPasswordLink(user, purpose, { random: essentials.random, now });
  if ((await passwordLinks.issue(link, now)) === 'gone') {
    throw new ConflictError('user', `"${user.username}" may not sign in: enable the user first.`);
  }
  return { user, purpose, token, to: emailOf(user) ?? null };
}

/** @throws ConflictError */
export function requirePasswordWay(
  user: Pick<User, 'username' | 'administrator' | 'onlySingleSignOn'>,
  singleSignOn: PasswordLinkContext['singleSignOn'],
): void {
  if (passwordCounts(singleSignOn, user)) return;
  throw new ConflictError('user', `"${user.username}" can sign in at an identity provider only.`);
}
