const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BYTES_PER_CHUNK = 5;
const CHARACTERS_PER_CHUNK = 7;
const CHUNK_LIMIT = 2 ** (8 * BYTES_PER_CHUNK);

const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < DIGITS.length; value += 1) VALUES[DIGITS.charCodeAt(value)] = value;

/** A chunk's last three digits and its first four: each half is an integer that the processor divides at once. */
const LOW_DIGITS = 3;
const LOW_LIMIT = 62 ** LOW_DIGITS;
const PAIR_LIMIT = 62 ** 2;
/** The codes of every two digits, by their value: the first in the high byte. */
const PAIRS = Uint16Array.from(
  { length: PAIR_LIMIT },
  (_, value) => (DIGITS.charCodeAt(Math.floor(value / 62)) << 8) | DIGITS.charCodeAt(value % 62),
);

/**
 * Bytes as letters and digits only, so that no client escapes them wrongly. Five bytes become seven
 * characters: 40 bits fit a JavaScript number, so no big-integer arithmetic is needed.
 * @param bytes a multiple of five bytes
 * @param prefix what stands before them, in ASCII
 */
export function encodeBase62(bytes: Buffer, prefix = ''): string {
  if (bytes.length % BYTES_PER_CHUNK !== 0) throw new RangeError('Base62 needs a multiple of 5 bytes.');
  // Codes into a buffer, and one text at the end: a text that grows by two digits at a time takes twice as long.
  const length = prefix.length + (bytes.length / BYTES_PER_CHUNK) * CHARACTERS_PER_CHUNK;
  const codes = Buffer.allocUnsafe(length);
  for (let index = 0; index < prefix.length; index += 1) codes[index] = prefix.charCodeAt(index);
  let at = prefix.length;
  for (let offset = 0; offset < bytes.length; offset += BYTES_PER_CHUNK) {
    const value = bytes.readUIntBE(offset, BYTES_PER_CHUNK);
    const high = Math.floor(value / LOW_LIMIT);
    const low = value - high * LOW_LIMIT;
    putPair(codes, at, Math.floor(high / PAIR_LIMIT));
    putPair(codes, at + 2, high % PAIR_LIMIT);
    codes[at + 4] = DIGITS.charCodeAt(Math.floor(low / PAIR_LIMIT));
    putPair(codes, at + 5, low % PAIR_LIMIT);
    at += CHARACTERS_PER_CHUNK;
  }
  return codes.toString('latin1');
}

function putPair(codes: Buffer, at: number, value: number): void {
  const pair = PAIRS[value] ?? 0;
  codes[at] = pair >> 8;
  codes[at + 1] = pair;
}

/**
 * The bytes, or undefined for anything that `encodeBase62` would not have written: one text for one value.
 * @param from where it begins, after a prefix that was seen already
 */
export function decodeBase62(text: string, from = 0): Buffer | undefined {
  const length = text.length - from;
  if (length % CHARACTERS_PER_CHUNK !== 0) return undefined;
  const bytes = Buffer.allocUnsafe((length / CHARACTERS_PER_CHUNK) * BYTES_PER_CHUNK);
  let offset = 0;
  for (let start = from; start < text.length; start += CHARACTERS_PER_CHUNK) {
    const high = readDigits(text, start, CHARACTERS_PER_CHUNK - LOW_DIGITS);
    const low = readDigits(text, start + CHARACTERS_PER_CHUNK - LOW_DIGITS, LOW_DIGITS);
    const value = high * LOW_LIMIT + low;
    if (high < 0 || low < 0 || value >= CHUNK_LIMIT) return undefined;
    bytes.writeUIntBE(value, offset, BYTES_PER_CHUNK);
    offset += BYTES_PER_CHUNK;
  }
  return bytes;
}

/** -1 when one of them is no digit. */
function readDigits(text: string, start: number, count: number): number {
  let value = 0;
  for (let index = start; index < start + count; index += 1) {
    const digit = VALUES[text.charCodeAt(index)] ?? -1;
    if (digit < 0) return -1;
    value = value * 62 + digit;
  }
  return value;
}
