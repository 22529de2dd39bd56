import { readFile } from 'node:fs/promises';
import { InputError, type Logo } from '@fluxo/core';
import { encodeLogo } from '../adapters/logo.js';

/** @throws InputError when the file can't be read or is no picture that can be taken */
export async function readLogo(path: string): Promise<Logo> {
  let upload: Uint8Array;
  try {
    upload = await readFile(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it could not be read';
    throw new InputError('logo', `The logo could not be read: ${why}.`);
  }
  return encodeLogo(upload);
}
