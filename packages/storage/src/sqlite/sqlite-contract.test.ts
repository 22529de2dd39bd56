import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeStorageContract } from '../contract/describe-storage-contract.js';
import { openSqlite } from './open-sqlite.js';

const folder = await mkdtemp(join(tmpdir(), 'fluxo-contract-'));
afterAll(() => rm(folder, { recursive: true }));

describeStorageContract('SQLite', (essentials) => openSqlite({ folder, essentials, role: 'server' }));
