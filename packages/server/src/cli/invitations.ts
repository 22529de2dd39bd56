import { emailOf, InputError, issuePasswordLink, requirePasswordWay, type User } from '@fluxo/core';
import type { Invocation } from './command-line.js';
import type { Language } from './option-values.js';
import type { Result, Row } from './output.js';
import { requireUser } from './require-user.js';
import { requireTenant, type Tenant, type Tool } from './tool.js';

type OfUser = readonly [environment: string, user: string];

export async function inviteUser(
  tool: Tool,
  { args: [name, text], options }: Invocation<OfUser, { readonly language: Language }>,
): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const user = await requireUser(text, tenant);
  requireInvitable(user, tenant);
  const invited = await invite(user, options.language, { tool, tenant });
  return { kind: 'record', record: { wid: user.id, username: user.username, ...invited } };
}

/** @throws InputError when nobody can be written to, or a password would not count */
export function requireInvitable(
  user: Pick<User, 'username' | 'email' | 'administrator' | 'onlySingleSignOn'>,
  { environment }: Tenant,
): void {
  requirePasswordWay(user, environment.settings);
  if (emailOf(user) !== undefined) return;
  throw new InputError('email', `"${user.username}" has no e-mail address: give one with --email.`);
}

/** Sends the link from here, so that a mail server that refuses it is told to whoever waits. */
export async function invite(
  user: User,
  locale: Language,
  { tool, tenant }: { readonly tool: Tool; readonly tenant: Tenant },
): Promise<Row> {
  const { environment, storage } = tenant;
  const issued = await issuePasswordLink(user, 'invitation', {
    ...{ environmentId: environment.id, essentials: tool.essentials },
    ...{ users: storage.users, passwordLinks: storage.passwordLinks, singleSignOn: environment.settings },
  });
  if (issued === undefined) throw new InputError('user', `"${user.username}" may not sign in.`);
  // Loaded only here: the other commands start without them.
  const [{ openMailTransport, mailboxOf }, { passwordLinkMail }] = await Promise.all([
    import('../adapters/mail/mail-transport.js'),
    import('../adapters/mail/password-link-mail.js'),
  ]);
  const origin = tool.hosts.originOf(environment);
  try {
    await openMailTransport(tool.config)(
      passwordLinkMail(issued, { organization: environment.name, origin, locale }),
    );
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'it said nothing';
    throw new InputError(
      'email',
      `The mail server did not take the message (${why}). The user is there; try again with: fluxo user invite`,
    );
  }
  const { smtpUrl, data } = tool.config;
  return { invited: issued.to, mailbox: smtpUrl === undefined ? mailboxOf(data) : null };
}
