import type { RaceCall } from './race-worker.js';
import type { Tenant } from './tenant.js';

/** How many calls a process makes at once. */
export const CALLS = 8;

/** What a suite of races has at hand. */
export interface RaceKit {
  /** So many times, each in an environment of its own. */
  readonly rounds: (round: (tenant: Tenant) => Promise<void>) => Promise<void>;
  readonly race: <T>(callsOf: (worker: number) => readonly RaceCall[]) => Promise<readonly T[]>;
}

/** One call with so many inputs. */
export const all = (makeInput: () => readonly unknown[], call: Omit<RaceCall, 'input'>) => (): RaceCall[] =>
  Array.from({ length: CALLS }, () => ({ ...call, input: makeInput() }));

/** One process does the one thing, the other one the other. */
export const against = (one: RaceCall, other: () => readonly RaceCall[]) => (worker: number) =>
  worker === 0 ? [one] : other();

/** An operation of this tenant's. */
export const on = ({ environment }: Tenant, port: string, method: string) => ({
  ...{ environmentId: environment.id, port, method },
});
