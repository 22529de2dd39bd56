const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BYTES_PER_CHUNK = 5;
const CHARACTERS_PER_CHUNK = 7;
const CHUNK_LIMIT = 2 ** (8 * BYTES_PER_CHUNK);

const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < DIGITS.length; value += 1) VALUES[DIGITS.charCodeAt(value)] = value;

/**
 * Bytes as letters and digits only, so that no client escapes them wrongly. Five bytes become seven
 * characters: 40 bits fit a JavaScript number, so no big-integer arithmetic is needed.
 * @param bytes a multiple of five bytes
 */
export function encodeBase62(bytes: Buffer): string {
  if (bytes.length % BYTES_PER_CHUNK !== 0) throw new RangeError('Base62 needs a multiple of 5 bytes.');
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += BYTES_PER_CHUNK) {
    let value = bytes.readUIntBE(offset, BYTES_PER_CHUNK);
    let chunk = '';
    for (let index = 0; index < CHARACTERS_PER_CHUNK; index += 1) {
      chunk = DIGITS.charAt(value % 62) + chunk;
      value = Math.floor(value / 62);
    }
    text += chunk;
  }
  return text;
}

/** The bytes, or undefined for anything that `encodeBase62` would not have written: one text for one value. */
export function decodeBase62(text: string): Buffer | undefined {
  if (text.length % CHARACTERS_PER_CHUNK !== 0) return undefined;
  const bytes = Buffer.alloc((text.length / CHARACTERS_PER_CHUNK) * BYTES_PER_CHUNK);
  for (let chunk = 0; chunk * CHARACTERS_PER_CHUNK < text.length; chunk += 1) {
    let value = 0;
    for (let index = 0; index < CHARACTERS_PER_CHUNK; index += 1) {
      const digit = VALUES[text.charCodeAt(chunk * CHARACTERS_PER_CHUNK + index)] ?? -1;
      if (digit < 0) return undefined;
      value = value * 62 + digit;
    }
    if (value >= CHUNK_LIMIT) return undefined;
    bytes.writeUIntBE(value, chunk * BYTES_PER_CHUNK, BYTES_PER_CHUNK);
  }
  return bytes;
}
