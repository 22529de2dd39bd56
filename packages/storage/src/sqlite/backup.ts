import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { FILE_NAME, migrate, pendingMigrationsOf } from './migrate-sqlite.js';
import { lockForServer } from './server-lock.js';

/** A backup or a restore that can't be done; the message says why and what to do. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupError';
  }
}

export interface RestoreOptions {
  readonly file: string;
  readonly folder: string;
  /** Whether a database that is there may be put aside. */
  readonly replace: boolean;
  /** Whether nobody who was signed in or connected in the backup is so afterwards. */
  readonly endAllSessions: boolean;
}

export interface Restored {
  readonly applied: readonly string[];
  /** Where the database of before is now. */
  readonly putAside: string | undefined;
}

/**
 * One file with everything that was committed when the copying began, beside a server that goes on writing. VACUUM
 * INTO reads one snapshot; SQLite's backup API would begin anew with every write of another process, and might
 * never end. The file appears under its name only when it is whole, checked and on the disk.
 * @throws BackupError
 */
export function backUpSqlite(folder: string, file: string): void {
  const target = resolve(file);
  if (existsSync(target)) throw new BackupError(`${target} is there already; a backup overwrites nothing.`);
  const draft = `${target}.${process.pid}.part`;
  try {
    // The rows are as secret as in the database itself, from the first byte on.
    closeSync(openSync(draft, 'wx', 0o600));
    const database = new SqliteDatabase(join(folder, FILE_NAME), { timeout: 10_000, fileMustExist: true });
    try {
      database.prepare('VACUUM INTO ?').run(draft);
    } finally {
      database.close();
    }
    requireSound(draft);
    flush(draft);
    // Unlike a rename, a link refuses a name that was taken meanwhile.
    linkSync(draft, target);
    flush(dirname(target));
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Puts a backup in the place of the database, while no server uses it.
 * @throws BackupError, AlreadyServedError, NewerSchemaError
 */
export async function restoreSqlite(options: RestoreOptions): Promise<Restored> {
  const { file, folder, replace, endAllSessions } = options;
  if (!existsSync(file)) throw new BackupError(`There is no file ${file}.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lockForServer(folder);
  const target = join(folder, FILE_NAME);
  const draft = `${target}.${process.pid}.part`;
  try {
    if (existsSync(target) && !replace) {
      throw new BackupError(`${target} is there already. With --replace it is put aside, and kept.`);
    }
    copyPrivately(file, draft, folder);
    requireSound(draft);
    await requireFluxo(draft);
    const applied = await prepare(draft, endAllSessions);
    flush(draft);
    const putAside = existsSync(target) ? putAsideWithLog(target) : undefined;
    renameSync(draft, target);
    flush(folder);
    return { applied, putAside };
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${suffix}`, { force: true });
    unlock();
  }
}

/** Whoever restores, the database belongs to whom the folder belongs. */
function copyPrivately(file: string, draft: string, folder: string): void {
  closeSync(openSync(draft, 'wx', 0o600));
  copyFileSync(file, draft);
  chmodSync(draft, 0o600);
  const { uid, gid } = statSync(folder);
  if (process.getuid?.() === 0) chownSync(draft, uid, gid);
}

function requireSound(file: string): void {
  let answer: unknown;
  try {
    const database = new SqliteDatabase(file, { fileMustExist: true });
    try {
      answer = database.pragma('integrity_check', { simple: true });
    } finally {
      database.close();
    }
  } catch (error) {
    throw new BackupError(`${file} is no sound database: ${String(error)}. Take another backup.`, {
      cause: error,
    });
  }
  if (answer !== 'ok') throw new BackupError(`${file} is damaged: ${String(answer)}. Take another backup.`);
}

async function requireFluxo(file: string): Promise<void> {
  if ((await pendingMigrationsOf(file)).includes('0001-initial')) {
    throw new BackupError(`${file} is a database, but none of Fluxo's.`);
  }
}

/** Everything that can fail is done before the database of now is touched. */
async function prepare(draft: string, endAllSessions: boolean): Promise<readonly string[]> {
  const database = new SqliteDatabase(draft);
  try {
    const applied = await migrate(database);
    // A backup knows nothing of what was revoked after it: then everybody signs in and connects anew.
    if (endAllSessions) {
      database.exec('UPDATE users SET session_epoch = session_epoch + 1, grant_epoch = grant_epoch + 1');
      // A key would open another session by itself, also one that was deleted because it leaked.
      database.prepare('UPDATE application_keys SET deleted_at = ? WHERE deleted_at IS NULL').run(Date.now());
    }
    return applied;
  } finally {
    database.close();
  }
}

/** The log belongs to the database: alone, neither has everything, and beside another one it would spoil it. */
function putAsideWithLog(target: string): string {
  emptyLog(target);
  const name = `${target}.replaced-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(`${target}${suffix}`)) renameSync(`${target}${suffix}`, `${name}${suffix}`);
  }
  return name;
}

/** Where the database is sound enough for it: then nothing is torn apart if the machine stops in between. */
function emptyLog(target: string): void {
  try {
    const database = new SqliteDatabase(target, { timeout: 10_000 });
    try {
      database.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      database.close();
    }
  } catch {
    // A damaged one is what backups are for: it is kept as it is, with its log.
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
