import { fsyncSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';
import type { CheckpointOrder, CheckpointReport, CheckpointTask, LogState } from './checkpointer.js';

/** Fewer new ones than this are left to the event loop, which brings them over in a millisecond. */
const LEFT_AT_MOST = 200;
/** Of a log that grows as fast as it is brought over. */
const MAX_PASSES = 4;

const { file, handle } = workerData as CheckpointTask;
const database = new SqliteDatabase(file, { timeout: 0, fileMustExist: true });
database.pragma('wal_autocheckpoint = 0');
const checkpoint = database.prepare<[], LogState>('PRAGMA wal_checkpoint(PASSIVE)');

/** What is written meanwhile comes with the next pass; SQLite itself waits for the disk only where nothing came. */
function bringOver(): void {
  let before = 0;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const { log = 0 } = checkpoint.get() ?? {};
    fsyncSync(handle);
    if (log - before < LEFT_AT_MOST) return;
    before = log;
  }
}

function tryToBringOver(): CheckpointReport {
  try {
    bringOver();
    return { failure: undefined };
  } catch (error) {
    return { failure: String(error) };
  }
}

parentPort?.on('message', (order: CheckpointOrder) => {
  if (order === 'checkpoint') {
    parentPort?.postMessage(tryToBringOver());
    return;
  }
  database.close();
  parentPort?.close();
});
