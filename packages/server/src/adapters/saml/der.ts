/** As much of DER (X.690) as a self-signed certificate has. */

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_ID = 0x06;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
const SHORT_LENGTH_BELOW = 128;
/** RFC 5280 §4.1.2.5: years from 2050 on have four digits. */
const FOUR_DIGITS_FROM = 2050;

export const NULL = Buffer.from([0x05, 0]);

export function tagged(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.byteLength), content]);
}

function lengthOf(bytes: number): Buffer {
  if (bytes < SHORT_LENGTH_BELOW) return Buffer.from([bytes]);
  const digits = bytesOf(bytes, 256);
  return Buffer.from([0x80 | digits.length, ...digits]);
}

export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tagged(SEQUENCE, Buffer.concat(parts));
}

export function set(...parts: readonly Uint8Array[]): Buffer {
  return tagged(SET, Buffer.concat(parts));
}

/** Of random bytes a positive one: its first bit is no sign, and its first byte not 0. */
export function randomInteger(magnitude: Uint8Array): Buffer {
  const content = Buffer.from(magnitude);
  content[0] = ((content[0] ?? 0) & 0x7f) | 0x40;
  return tagged(INTEGER, content);
}

export function bitString(content: Uint8Array): Buffer {
  return tagged(BIT_STRING, Buffer.concat([Buffer.from([0]), content]));
}

export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const digits = [first * 40 + second, ...rest].map((part) => bytesOf(part, 128));
  const marked = digits.flatMap((part) =>
    part.map((digit, index) => (index === part.length - 1 ? digit : 0x80 | digit)),
  );
  return tagged(OBJECT_ID, Buffer.from(marked));
}

export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\.\d+|[-:T]/g, '');
  return date.getUTCFullYear() < FOUR_DIGITS_FROM
    ? tagged(UTC_TIME, Buffer.from(digits.slice(2)))
    : tagged(GENERALIZED_TIME, Buffer.from(digits));
}

/** Most significant first. */
function bytesOf(value: number, base: number): readonly number[] {
  const digits = [value % base];
  for (let rest = Math.floor(value / base); rest > 0; rest = Math.floor(rest / base))
    digits.unshift(rest % base);
  return digits;
}
