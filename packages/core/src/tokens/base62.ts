const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BYTES_PER_CHUNK = 5;
const CHARACTERS_PER_CHUNK = 7;
const CHUNK_LIMIT = 2 ** (8 * BYTES_PER_CHUNK);

const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < DIGITS.length; value += 1) VALUES[DIGITS.charCodeAt(value)] = value;

/** A chunk's last three digits and its first four: each half is an integer that the processor divides at once. */
const LOW_DIGITS = 3;
const LOW_LIMIT = 62 ** LOW_DIGITS;
/** Every two digits, by their value. */
const PAIR_LIMIT = 62 ** 2;
const PAIRS = Array.from(
  { length: PAIR_LIMIT },
  (_, value) => DIGITS.charAt(Math.floor(value / 62)) + DIGITS.charAt(value % 62),
);

/**
 * Bytes as letters and digits only, so that no client escapes them wrongly. Five bytes become seven
 * characters: 40 bits fit a JavaScript number, so no big-integer arithmetic is needed.
 * @param bytes a multiple of five bytes
 */
export function encodeBase62(bytes: Buffer): string {
  if (bytes.length % BYTES_PER_CHUNK !== 0) throw new RangeError('Base62 needs a multiple of 5 bytes.');
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += BYTES_PER_CHUNK) {
    const value = bytes.readUIntBE(offset, BYTES_PER_CHUNK);
    const high = Math.floor(value / LOW_LIMIT);
    const low = value - high * LOW_LIMIT;
    text += pair(Math.floor(high / PAIR_LIMIT)) + pair(high % PAIR_LIMIT);
    text += DIGITS.charAt(Math.floor(low / PAIR_LIMIT)) + pair(low % PAIR_LIMIT);
  }
  return text;
}

function pair(value: number): string {
  return PAIRS[value] ?? '';
}

/** The bytes, or undefined for anything that `encodeBase62` would not have written: one text for one value. */
export function decodeBase62(text: string): Buffer | undefined {
  if (text.length % CHARACTERS_PER_CHUNK !== 0) return undefined;
  const bytes = Buffer.allocUnsafe((text.length / CHARACTERS_PER_CHUNK) * BYTES_PER_CHUNK);
  let offset = 0;
  for (let start = 0; start < text.length; start += CHARACTERS_PER_CHUNK) {
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
