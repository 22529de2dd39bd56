import type { Essentials, Random } from '../essentials.js';
import { passwordCounts, type SingleSignOnRule } from '../identity-providers/route-sign-in.js';
import type { EnvironmentId } from '../ids.js';
import { mintIdentifiedSecret } from '../tokens/identified-secret.js';
import { emailOf, usernameKey, type User } from '../users/user.js';
import type { UserStore } from '../users/user-store.js';
import type { PasswordLink, PasswordLinkPurpose, PasswordLinkStore } from './password-link-store.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** An invitation waits for somebody who doesn't expect it; who forgot a password sits in front of the screen. */
const LIFETIME_MS: Readonly<Record<PasswordLinkPurpose, number>> = {
  reset: 30 * MINUTE_MS,
  invitation: 7 * DAY_MS,
};

export interface PasswordLinkContext {
  readonly environmentId: EnvironmentId;
  readonly essentials: Essentials;
  readonly users: UserStore;
  readonly passwordLinks: PasswordLinkStore;
  readonly singleSignOn: SingleSignOnRule;
}

/** A link that was issued, on its way to its one reader. */
export interface IssuedPasswordLink {
  readonly user: User;
  readonly to: string;
  readonly purpose: PasswordLinkPurpose;
  /** The secret of the link; only its digest is kept. */
  readonly token: string;
}

/** Undefined where nobody can be written to, or the user may not sign in, or not with a password. */
export async function issuePasswordLink(
  user: User,
  purpose: PasswordLinkPurpose,
  { environmentId, essentials, passwordLinks, singleSignOn }: PasswordLinkContext,
): Promise<IssuedPasswordLink | undefined> {
  const to = emailOf(user);
  if (to === undefined || !passwordCounts(singleSignOn, user)) return undefined;
  const now = essentials.clock.now(environmentId);
  const { link, token } = mintPasswordLink(user, purpose, { random: essentials.random, now });
  return (await passwordLinks.issue(link, now)) === 'issued' ? { user, to, purpose, token } : undefined;
}

/** The row to keep, and the secret to hand out. */
export function mintPasswordLink(
  { id: userId }: Pick<User, 'id'>,
  purpose: PasswordLinkPurpose,
  { random, now }: { readonly random: Random; readonly now: number },
): { readonly link: PasswordLink; readonly token: string } {
  const { text: token, digest } = mintIdentifiedSecret('password-link', userId, random);
  return { link: { userId, digest, purpose, expiresAt: now + LIFETIME_MS[purpose] }, token };
}

/** For whoever says to have forgotten the password of that name. The answer to them must not depend on it. */
export async function issueResetLink(
  username: string,
  context: PasswordLinkContext,
): Promise<IssuedPasswordLink | undefined> {
  const found = await context.users.findByUsername(usernameKey(username));
  return found && issuePasswordLink(found.user, 'reset', context);
}
