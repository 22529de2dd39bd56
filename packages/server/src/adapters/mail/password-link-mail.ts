import type { IssuedPasswordLink } from '@fluxo/core';
import { renderMail, type Locale } from '@fluxo/ui';
import type { Mail } from './mail-transport.js';

export interface MailSender {
  readonly organization: string;
  /** The environment's one origin, from the settings: never what a request says its host is (row 63). */
  readonly origin: string;
  readonly locale: Locale;
}

export function passwordLinkMail(
  { user, to, purpose, token }: IssuedPasswordLink,
  { organization, origin, locale }: MailSender,
): Mail {
  const url = passwordLinkUrl(origin, token);
  const { name, username } = user;
  return { to, ...renderMail({ kind: purpose, name, username, organization, url }, locale) };
}

export function passwordLinkUrl(origin: string, token: string): string {
  return `${origin}/new-password?link=${token}`;
}
