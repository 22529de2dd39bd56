import {
  handOutPasswordLink,
  parseId,
  requireUserRecord,
  type PasswordLinkPurpose,
  type User,
  type UserChanging,
  type UserId,
  type UserRecord,
} from '@fluxo/core';
import { pickLocale } from '@fluxo/ui';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { passwordLinkMail, passwordLinkUrl } from '../../adapters/mail/password-link-mail.js';
import type { Services } from '../../services.js';
import { adminCallOf } from './admin-api.js';
import { AdminProblem } from './admin-problem.js';
import { Id } from './schemas/common.schema.js';

export const BY_WID = Type.Object({ wid: Id('the user') });

type OfUser = Pick<FastifyRequest, 'adminCall'> & { readonly params: { readonly wid: string } };

/** @throws AdminProblem 404 */
export function userIdOf({ params }: OfUser): UserId {
  const id = parseId<UserId>(params.wid);
  if (id === undefined) throw new AdminProblem('not-found', 'No such user.');
  return id;
}

export function userChanging(
  request: Pick<FastifyRequest, 'adminCall'>,
  { essentials, passwordHasher }: Services,
): UserChanging {
  const { tenant, caller } = adminCallOf(request);
  const { environment, storage } = tenant;
  const administration = {
    ...{ environmentId: environment.id, store: storage.users },
    ...{ essentials, passwordHasher },
  };
  return { administration, overview: storage.overview, callerId: caller.id };
}

/** Of this environment, or as if they did not exist. @throws NotFoundError */
export function requireOwnUser(request: OfUser, services: Services): Promise<UserRecord> {
  return requireUserRecord(userIdOf(request), userChanging(request, services));
}

/** Mails a link to choose a password; where no mail can go out the caller gets it. @throws ConflictError */
export async function sendPasswordLink(
  user: User,
  purpose: PasswordLinkPurpose,
  { request, services }: { readonly request: FastifyRequest; readonly services: Services },
): Promise<{ readonly sent_to: string | null; readonly link: string | null }> {
  const { environment, origin, storage } = adminCallOf(request).tenant;
  const { users, passwordLinks } = storage;
  const issued = await handOutPasswordLink(user, purpose, {
    ...{ environmentId: environment.id, essentials: services.essentials, users, passwordLinks },
    singleSignOn: environment.settings,
  });
  const { to, token } = issued;
  if (to === null || !services.mails.leavesHouse) {
    return { sent_to: null, link: passwordLinkUrl(origin, token) };
  }
  const locale = pickLocale(undefined, request.headers['accept-language']);
  const mail = passwordLinkMail({ ...issued, to }, { organization: environment.name, origin, locale });
  services.mails.send(() => Promise.resolve(mail));
  return { sent_to: to, link: null };
}
