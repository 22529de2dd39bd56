import { refuseCrooked } from './refuse-crooked.js';
import { refuse } from './saml-refusal.js';

/** A response with three hundred groups has 100 KiB; ten kilobytes are usual. */
const MAX_MESSAGE_BYTES = 128 * 1024;
/**
 * What the parser and the canonicalization do grows faster than these counts, so they are bounded before anything is
 * parsed: many tags in each other, many attributes of one element, many namespaces.
 */
const MAX_TAGS = 1_000;
const MAX_ATTRIBUTES = 1_500;
const MAX_NAMESPACES = 800;

const DECLARATION =
  /^<\?xml\s+version=(?:"1\.0"|'1\.0')(?:\s+encoding=(?:"utf-8"|'utf-8'))?(?:\s+standalone=(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>\s*/i;

/** XML 1.0 §2.2: what else there is in Unicode is no character of a document. */
const FORBIDDEN_CHARACTER = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/**
 * The text of a message that was posted, without its XML declaration and with line ends as the parser wants them. Of
 * markup it has elements alone: no DOCTYPE and so no entities, no comments, no CDATA, no processing instructions, for
 * there is a known attack with each of them and no provider needs one. @throws SamlRefusal
 */
export function decodeMessage(base64: string): string {
  if (base64.length > MAX_MESSAGE_BYTES * 1.5) {
    refuse('size', `at most ${MAX_MESSAGE_BYTES} bytes`, `${base64.length} characters of base64`);
  }
  return readText(decodeBase64(base64));
}

/** The same of bytes, however they came. @throws SamlRefusal */
export function readText(bytes: Buffer): string {
  const text = decodeUtf8(bytes).replace(DECLARATION, '');
  const markup = /<[!?][^>]{0,20}/.exec(text);
  if (markup !== null) refuse('markup', 'elements alone', markup[0]);
  const character = FORBIDDEN_CHARACTER.exec(text);
  if (character !== null) refuse('encoding', 'characters of XML', `a character at ${character.index}`);
  boundWork(text, MAX_TAGS);
  const lines = text.replace(/\r\n?/g, '\n');
  refuseCrooked(lines);
  return lines;
}

/** @throws SamlRefusal for a text that would take long to parse */
export function boundWork(text: string, maxTags: number): void {
  refuseMany('tags', text.match(/</g), maxTags);
  refuseMany('attributes', text.match(/=\s*["']/g), MAX_ATTRIBUTES);
  refuseMany('namespaces', text.match(/xmlns/g), MAX_NAMESPACES);
}

/** @throws SamlRefusal */
export function decodeBase64(base64: string): Buffer {
  const digits = base64.replace(/[\t\n\r ]/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(digits) || digits.length % 4 !== 0) {
    refuse('encoding', 'base64', `${digits.length} characters that are not`);
  }
  const bytes = Buffer.from(digits, 'base64');
  if (bytes.byteLength > MAX_MESSAGE_BYTES) {
    refuse('size', `at most ${MAX_MESSAGE_BYTES} bytes`, `${bytes.byteLength} bytes`);
  }
  return bytes;
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('encoding', 'UTF-8', 'other bytes');
  }
}

function refuseMany(what: string, found: RegExpMatchArray | null, most: number): void {
  const count = found?.length ?? 0;
  if (count > most) refuse('size', `at most ${most} ${what}`, `${count}`);
}
