import type { SocketAnswer } from './keep-alive-socket.js';

/** What tells an outsider of our insides. */
const INTERNAL =
  /\n\s+at |node_modules|file:\/\/|\/packages\/|SQLITE_|SqliteError|better-sqlite|UNIQUE constraint|no such (?:table|column)|(?:Type|Range|Reference|Syntax)Error|ERR_[A-Z]|FST_ERR|Cannot read propert|is not a function|\[object Object\]|FLUXO_[A-Z]/;

/** Answers of Node's HTTP parser to what is no HTTP: no request ever began. */
const PARSER = /"message":"Client (?:Error|Timeout)"|"(?:Exceeded maximum allowed HTTP header size)"/;

/** Passwords are hashed a few at a time: a flood of sign-ins is answered 503, and that alone. */
const HASHING_PATH = '/sign-in/password';

/** What must hold of every answer, whatever was asked; undefined when it does. */
export function faultIn(answer: SocketAnswer, target: string): string | undefined {
  const { status, head, body } = answer;
  if (!(status >= 200 && status <= 599)) return `status ${status}`;
  if (status === 503 && target.startsWith(HASHING_PATH)) {
    return /\r\nretry-after: /i.test(head) ? undefined : '503 without Retry-After';
  }
  if (status >= 500) return `status ${status}`;
  if (INTERNAL.test(body)) return 'internal text in the body';
  if (INTERNAL.test(head)) return 'internal text in a header';
  if (PARSER.test(body)) return undefined;
  return /\r\nx-request-id: [0-9a-f]{16}(?:\r\n|$)/i.test(head) ? undefined : 'no x-request-id';
}
