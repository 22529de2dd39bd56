import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeGrantMachine } from '../contract/machine/describe-grant-machine.js';
import { openSqlite } from './open-sqlite.js';

const folder = await mkdtemp(join(tmpdir(), 'fluxo-machine-'));
afterAll(() => rm(folder, { recursive: true }));

describeGrantMachine('SQLite', (essentials) => openSqlite({ folder, essentials, role: 'server' }));
