import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpAnswer } from './tenant.js';
import { flowTokenOf, type Visitor } from './visitor.js';

export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The link in its text, without the origin. */
  readonly path: string;
  readonly link: URL;
}

/** What lies in the mailbox folder of a data directory, oldest first. */
export function mailsIn(data: string): readonly ReceivedMail[] {
  const folder = join(data, 'mailbox');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  return names.sort().map((name) => parse(readFileSync(join(folder, name), 'latin1')));
}

function parse(raw: string): ReceivedMail {
  const text = textPart(raw);
  const url = /https?:\/\/\S+\/new-password\?link=\w+/.exec(text)?.[0];
  if (url === undefined) throw new Error(`No link in this message: ${text}`);
  const link = new URL(url);
  return {
    to: headerOf(raw, 'To'),
    subject: decodeWords(headerOf(raw, 'Subject')),
    text,
    link,
    path: `${link.pathname}${link.search}`,
  };
}

const headerOf = (raw: string, name: string): string =>
  (new RegExp(`^${name}: (.*(?:\\n[ \\t].*)*)`, 'm').exec(raw)?.[1] ?? '').replaceAll(/\n[ \t]/g, ' ');

/** RFC 2047 §2. */
const decodeWords = (text: string): string =>
  text.replaceAll(/=\?UTF-8\?([QB])\?([^?]*)\?=\s*/gi, (_all, kind: string, word: string) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(word, 'base64').toString()
      : quotedPrintable(word.replaceAll('_', ' ')),
  );

function textPart(raw: string): string {
  const at = raw.indexOf('Content-Type: text/plain');
  const part = raw.slice(at).split(/\n--/)[0] ?? '';
  const head = part.slice(0, part.indexOf('\n\n'));
  const body = part.slice(part.indexOf('\n\n') + 2);
  if (/quoted-printable/i.test(head)) return quotedPrintable(body);
  return /base64/i.test(head)
    ? Buffer.from(body, 'base64').toString()
    : Buffer.from(body, 'latin1').toString();
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replaceAll('=\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** Asks for a link on the page, and waits until what was sent has gone. */
export async function askForLink(
  visitor: Visitor,
  username: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer> {
  const answer = await visitor.post('/forgot-password', { username }, headers);
  await visitor.tenant.fluxo.server.services.mails.idle();
  return answer;
}

/** From the password page of a sign-in, as a person does. */
export async function forgottenPathOf(visitor: Visitor, username: string): Promise<string> {
  const flow = flowTokenOf(await visitor.get('/account'));
  const named = await visitor.post('/sign-in', { flow, username });
  const page = await visitor.get(named.headers['location'] ?? '');
  return /href="(\/forgot-password[^"]*)"/.exec(page.body)?.[1] ?? '';
}
