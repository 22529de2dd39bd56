import { createHash } from 'node:crypto';
import { InputError, type Logo } from '@fluxo/core';
import { loadDecoders } from './picture-decoders.js';

export const MAX_LOGO_BYTES = 2 * 1024 * 1024;
const EDGE_PIXELS = 256;
const MAX_PIXELS = 16_000_000;

/**
 * An administrator's picture as the server's own PNG: decoded and encoded again, so that nothing of the
 * upload but its pixels is ever served. SVG is refused: it is a program, not a picture. @throws InputError
 */
export async function encodeLogo(upload: Uint8Array | undefined): Promise<Logo> {
  if (upload === undefined || upload.byteLength === 0)
    throw new InputError('logo', 'The logo must be a picture, and this is empty.');
  if (upload.byteLength > MAX_LOGO_BYTES) throw new InputError('logo', 'The logo must have at most 2 MiB.');
  if (!isRaster(upload)) {
    throw new InputError(
      'logo',
      'The logo must be a PNG, JPEG or WebP picture; SVG and others can carry scripts.',
    );
  }
  const sharp = await loadDecoders();
  try {
    const png = await sharp(upload, { limitInputPixels: MAX_PIXELS, failOn: 'error', animated: false })
      .rotate()
      .resize(EDGE_PIXELS, EDGE_PIXELS, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .png()
      .toBuffer();
    return { png, version: createHash('sha256').update(png).digest('hex').slice(0, 16) };
  } catch (error) {
    throw new InputError(
      'logo',
      `The logo could not be read: ${error instanceof Error ? error.message : 'damaged'}.`,
    );
  }
}

/** By its first bytes, never by a name or a type that somebody wrote beside it. */
function isRaster(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return (
    head.startsWith('\x89PNG\r\n\x1a\n') || head.startsWith('\xff\xd8\xff') || /^RIFF[^]{4}WEBP$/.test(head)
  );
}
