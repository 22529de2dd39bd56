import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeStorageRaces } from '../contract/describe-storage-races.js';
import { openSqlite } from './open-sqlite.js';

const folder = await mkdtemp(join(tmpdir(), 'fluxo-races-'));
afterAll(() => rm(folder, { recursive: true }));
const worker = join(import.meta.dirname, 'sqlite-race-worker.test.support.ts');

// A server and a command line beside it; the suite itself is another command line.
describeStorageRaces('SQLite', {
  open: (essentials) => openSqlite({ folder, essentials, role: 'tool' }),
  workers: () => [
    [worker, folder, 'server'],
    [worker, folder, 'tool'],
  ],
});
