import { passwordCounts } from '../identity-providers/route-sign-in.js';
import type { PasswordHasher } from '../sign-in/password-hasher.js';
import { equalDigests } from '../tokens/digest.js';
import { parseIdentifiedSecret } from '../tokens/identified-secret.js';
import { checkPassword } from '../users/manage-users.js';
import type { User } from '../users/user.js';
import type { PasswordLinkContext } from './issue-password-link.js';
import type { PasswordLink } from './password-link-store.js';

/** A link that works at this moment. Looking at it changes nothing: mail scanners follow links too. */
export interface LivePasswordLink {
  readonly link: PasswordLink;
  readonly user: User;
}

export async function findPasswordLink(
  token: string,
  { environmentId, essentials, users, passwordLinks, singleSignOn }: PasswordLinkContext,
): Promise<LivePasswordLink | undefined> {
  const presented = parseIdentifiedSecret('password-link', token);
  if (presented === undefined) return undefined;
  const link = await passwordLinks.find(presented.id);
  if (link === undefined || !equalDigests(link.digest, presented.digest)) return undefined;
  if (link.expiresAt <= essentials.clock.now(environmentId)) return undefined;
  const user = await users.find(link.userId);
  // A link from before single sign-on was demanded sets nothing any more.
  return user?.disabledAt === null && passwordCounts(singleSignOn, user) ? { link, user } : undefined;
}

/**
 * Sets the password of a link's user. It is no sign-in: whoever reads the mail still needs the second factor.
 * @throws InputError when the password can't be taken; the link is as good as before
 * @throws UnavailableError when as many passwords are being hashed as may be
 */
export async function setPasswordByLink(
  { link }: LivePasswordLink,
  choice: { readonly password: string; readonly endsConnections: boolean },
  {
    environmentId,
    essentials,
    passwordLinks,
    passwordHasher,
  }: PasswordLinkContext & {
    readonly passwordHasher: PasswordHasher;
  },
): Promise<'set' | 'gone'> {
  const passwordHash = await passwordHasher.hash(checkPassword(choice.password));
  const { userId, digest } = link;
  const now = essentials.clock.now(environmentId);
  const { endsConnections } = choice;
  return passwordLinks.redeem({ userId, digest, passwordHash, endsConnections, now });
}
