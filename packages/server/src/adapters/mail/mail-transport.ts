import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SendMailOptions } from 'nodemailer';
import type { Config } from '../../config.js';
import { once } from '../../once.js';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands one message over. @throws whatever keeps it from being taken */
export type DeliverMail = (mail: Mail) => Promise<void>;

/** By SMTP where an operator set it up; else into a folder, where whoever runs the server finds it. */
export function openMailTransport({ smtpUrl, mailFrom, data }: MailSettings): DeliverMail {
  return smtpUrl === undefined ? intoFolder(mailboxOf(data), mailFrom) : bySmtp(smtpUrl, mailFrom);
}

type MailSettings = Pick<Config, 'smtpUrl' | 'mailFrom' | 'data'>;

export function mailboxOf(data: string): string {
  return join(data, 'mailbox');
}

/** Loaded with the first message: there are servers that send none for weeks. */
const nodemailer = () => import('nodemailer');

const SMTP_TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function bySmtp(url: string, from: string): DeliverMail {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isTls = protocol === 'smtps:';
  const settings = {
    host: hostname.replace(/^\[|\]$/g, ''),
    ...(port === '' ? {} : { port: Number(port) }),
    secure: isTls,
    // Links that set passwords don't travel in the clear: without STARTTLS nothing is sent, except to this machine.
    requireTLS: !isTls && !LOOPBACK.has(hostname),
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...SMTP_TIMEOUTS,
  };
  const transport = once(async () => (await nodemailer()).createTransport(settings));
  return async (mail) => {
    await (await transport()).sendMail(messageOf(mail, from));
  };
}

/** One file a message, whole from the moment that it has its name. */
function intoFolder(folder: string, from: string): DeliverMail {
  const settings = { streamTransport: true, buffer: true, newline: 'unix' } as const;
  const transport = once(async () => (await nodemailer()).createTransport(settings));
  return async (mail) => {
    const { message } = await (await transport()).sendMail(messageOf(mail, from));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomBytes(4).toString('hex')}.eml`;
    const draft = join(folder, `.${name}.draft`);
    writeFileSync(draft, message as Buffer, { mode: 0o600, flag: 'wx' });
    renameSync(draft, join(folder, name));
  };
}

function messageOf({ to, subject, text, html }: Mail, from: string): SendMailOptions {
  return {
    from,
    // As an object: an address is never read as a list of addresses.
    to: { name: '', address: to },
    ...{ subject, text, html },
    // Nobody's out-of-office note answers it (RFC 3834 §5).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
