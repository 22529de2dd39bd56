import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeyRing } from '@fluxo/core';
import { ConfigError, type Config } from '../config.js';

const FILE_NAME = 'secret-keys';

/** The keys of the settings, or those of the data directory, made on first start. @throws ConfigError */
export function openKeyRing({ secretKeys, data }: Pick<Config, 'secretKeys' | 'data'>): KeyRing {
  return new KeyRing(secretKeys ?? readKeyFile(data));
}

function readKeyFile(folder: string): readonly Uint8Array[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, FILE_NAME);
  makeKeyFileOnce(path);
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const keys = lines.map((line) => Buffer.from(line.trim(), 'base64'));
  if (keys.length === 0 || keys.some((key) => key.length < 32)) {
    throw new ConfigError(
      path,
      'is damaged: each line must be a key of 32 bytes in base64. Restore it from a backup.',
    );
  }
  return keys;
}

/** A link can be made only once: of two processes that start at the same time both read one key. */
function makeKeyFileOnce(path: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
