import { hash } from 'node:crypto';

const DIGEST_BYTES = 32;

/** SHA-256 by Node, in memory from its pool: it makes a buffer of its own for each digest otherwise, to be collected. */
export function sha256(message: Uint8Array | string): Buffer {
  const digest = Buffer.allocUnsafe(DIGEST_BYTES);
  writeSha256(message, digest, 0);
  return digest;
}

/** Node's answer is text, a character for each byte; to copy it here takes half of what its own reading takes. */
export function writeSha256(message: Uint8Array | string, bytes: Uint8Array, at: number): void {
  const digest = hash('sha256', message, 'binary');
  for (let index = 0; index < DIGEST_BYTES; index += 1) bytes[at + index] = digest.charCodeAt(index);
}
