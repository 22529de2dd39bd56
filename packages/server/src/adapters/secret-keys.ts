import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { KeyRing, RingKey } from '@fluxo/core';
import { ConfigError, type Config } from '../config.js';

const FILE_NAME = 'secret-keys';
const KEY_BYTES = 32;

type KeySettings = Pick<Config, 'secretKeys' | 'data' | 'databaseUrl'>;

/** The keys of the settings, or those of the data directory, made on first start. @throws ConfigError */
export function openKeyRing({ secretKeys, data, databaseUrl }: KeySettings): KeyRing {
  if (secretKeys !== undefined) return new KeyRing(secretKeys);
  if (databaseUrl !== undefined) {
    throw new ConfigError(
      'FLUXO_SECRET_KEYS',
      'is needed beside FLUXO_DATABASE_URL, the same for every node; make a key with: openssl rand -base64 32',
    );
  }
  mkdirSync(data, { recursive: true, mode: 0o700 });
  makeKeyFileOnce(keyFileOf(data));
  return new KeyRing(readKeyFile(data));
}

/** The same, but nothing is made: undefined when there are no keys yet. @throws ConfigError */
export function findKeyRing({ secretKeys, data }: KeySettings): KeyRing | undefined {
  if (secretKeys !== undefined) return new KeyRing(secretKeys);
  return existsSync(keyFileOf(data)) ? new KeyRing(readKeyFile(data)) : undefined;
}

/** As a line of the file or a part of the setting has it. */
export function newKeyText(): string {
  return randomBytes(KEY_BYTES).toString('base64');
}

/** A new key that signs from the next start on; those that were there go on verifying. @returns its id */
export function prependKey(folder: string): string {
  const added = randomBytes(KEY_BYTES);
  replaceKeyFile(folder, [added, ...readKeyFile(folder)]);
  return new RingKey(added).id;
}

/** @returns whether the key was in the file */
export function dropKey(folder: string, keyId: string): boolean {
  const keys = readKeyFile(folder);
  const kept = keys.filter((key) => new RingKey(key).id !== keyId);
  if (kept.length === keys.length) return false;
  replaceKeyFile(folder, kept);
  return true;
}

export function keyFileOf(folder: string): string {
  return join(folder, FILE_NAME);
}

function readKeyFile(folder: string): readonly Uint8Array[] {
  const path = keyFileOf(folder);
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const keys = lines.map((line) => Buffer.from(line.trim(), 'base64'));
  if (keys.length === 0 || keys.some((key) => key.length < KEY_BYTES)) {
    throw new ConfigError(
      path,
      'is damaged: each line must be a key of 32 bytes in base64. Restore it from a backup.',
    );
  }
  return keys;
}

/** Whoever reads finds the old file or the new one, also after a power loss; its owner stays, whoever writes. */
function replaceKeyFile(folder: string, keys: readonly Uint8Array[]): void {
  const path = keyFileOf(folder);
  const draft = `${path}.${process.pid}`;
  const { uid, gid } = statSync(path);
  try {
    writeFileSync(draft, asText(keys), { mode: 0o600, flag: 'wx' });
    if (process.getuid?.() === 0) chownSync(draft, uid, gid);
    flush(draft);
    renameSync(draft, path);
    flush(folder);
  } finally {
    rmSync(draft, { force: true });
  }
}

function asText(keys: readonly Uint8Array[]): string {
  return keys.map((key) => `${Buffer.from(key).toString('base64')}\n`).join('');
}

function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A link can be made only once: of two processes that start at the same time both read one key. */
function makeKeyFileOnce(path: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, `${newKeyText()}\n`, { mode: 0o600, flag: 'wx' });
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
