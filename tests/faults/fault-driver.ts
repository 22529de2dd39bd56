import type { FluxoHouse } from '../cli/fluxo-process.js';

/** One database under faults. What belongs to a single one (its files, its processes) has suites of its own. */
export interface FaultDriver {
  readonly name: string;
  /** The settings of a server on a fresh database. */
  prepare(house: FluxoHouse): Promise<Readonly<Record<string, string>>>;
}

export const sqliteFaults: FaultDriver = { name: 'SQLite', prepare: () => Promise.resolve({}) };
