import { availableParallelism } from 'node:os';

/** So many take 96 connections in all: PostgreSQL as it is installed allows 97 to those who aren't its administrators. */
export const MAX_WORKERS = 32;

/** As many as one server alone profits from. */
const MOST_CONNECTIONS = 16;
/** Of all workers together, beside the one of each that listens for changes. */
const CONNECTIONS_TOGETHER = 64;

/** A number, or `auto`: one for each core. @returns undefined where it is neither, or too many */
export function parseWorkers(text: string): number | undefined {
  if (text === 'auto') return Math.min(availableParallelism(), MAX_WORKERS);
  const workers = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return workers >= 1 && workers <= MAX_WORKERS ? workers : undefined;
}

/** How many connections each of so many workers may have: 2 of 32, up to 16 of 4 and less. */
export function connectionsEach(workers: number): number {
  return Math.min(MOST_CONNECTIONS, Math.floor(CONNECTIONS_TOGETHER / workers));
}
