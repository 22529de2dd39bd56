import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll } from 'vitest';
import { describeFlat, type StoredSize } from '../contract/describe-flat.js';
import { openSqlite } from './open-sqlite.js';

const folder = await mkdtemp(join(tmpdir(), 'fluxo-flat-'));
afterAll(() => rm(folder, { recursive: true }));

const BYTES = `
  SELECT sum(pgsize) FROM dbstat WHERE name IN (
    SELECT name FROM sqlite_master WHERE tbl_name IN ('sessions', 'grants', 'flows', 'throttles', 'used_once'))`;

function measure(): Promise<StoredSize> {
  const database = new SqliteDatabase(join(folder, 'fluxo.sqlite'), { readonly: true });
  const numberOf = (statement: string): number => database.prepare(statement).pluck().get() as number;
  const count = (table: string): number => numberOf(`SELECT count(*) FROM ${table}`);
  const rows = {
    sessions: count('sessions'),
    grants: count('grants'),
    flows: count('flows'),
    throttles: count('throttles'),
    used_once: count('used_once'),
  };
  const bytes = numberOf(BYTES);
  database.close();
  return Promise.resolve({ rows, bytes });
}

describeFlat('SQLite', { open: (essentials) => openSqlite({ folder, essentials, role: 'server' }), measure });
