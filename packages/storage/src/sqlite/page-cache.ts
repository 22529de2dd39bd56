import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';

const KIB = 1024;
const LEAST_KIB = 16 * KIB;
const MOST_KIB = 128 * KIB;
/** The upper levels of large trees are as many pages as small trees have altogether. */
const SHARE = 1 / 32;

/** As much of the database is kept in memory, at most, as its size asks for. */
export function fitCache(database: Database, file: string): void {
  database.pragma(`cache_size = -${cacheKib(statSync(file).size)}`);
}

export function cacheKib(fileBytes: number): number {
  return Math.round(Math.min(Math.max((fileBytes * SHARE) / KIB, LEAST_KIB), MOST_KIB));
}
