import { randomBytes } from 'node:crypto';
import {
  DEFAULT_ENVIRONMENT_SETTINGS,
  KeyRing,
  newOpaqueId,
  systemRandom,
  type Acting,
  type Clock,
  type Environment,
  type EnvironmentId,
  type EnvironmentStorage,
  type Essentials,
  type Storage,
} from '@fluxo/core';
import type { ProjectStore } from '@fluxo/objects';
import { Tenant } from './tenant.js';

export type ContractEnvironment = EnvironmentStorage & { readonly projects: ProjectStore };
export interface ContractStorage extends Storage {
  forEnvironment(id: EnvironmentId, acting?: Acting): ContractEnvironment;
}
export type OpenStorage = (essentials: Essentials) => Promise<ContractStorage>;

const START = Date.UTC(2026, 2, 2, 9);
const HEAD_START_MS = 3_600_000;

/**
 * Each environment's own time stands still until it is moved. Real time moves with every look at it, so
 * that identifiers have an order, and stays behind: by it expired rows are removed.
 */
export class SettableClock implements Clock {
  readonly #own = new Map<EnvironmentId, number>();
  #real = START - HEAD_START_MS;

  now(environmentId: EnvironmentId): number {
    return this.#own.get(environmentId) ?? START;
  }

  real(): number {
    this.#real += 1;
    return this.#real;
  }

  advance(environmentId: EnvironmentId, milliseconds: number): void {
    this.#own.set(environmentId, this.now(environmentId) + milliseconds);
  }

  moveReal(milliseconds: number): void {
    this.#real += milliseconds;
  }
}

export function contractEssentials(clock: Clock): Essentials {
  return { clock, random: systemRandom, keyRing: new KeyRing([randomBytes(32)]) };
}

export function newEnvironment(overrides: Partial<Environment> = {}): Environment {
  const id = newOpaqueId<EnvironmentId>(systemRandom);
  return {
    id,
    domain: `d${id.slice(0, 12)}`,
    lane: 'my',
    name: 'Example',
    settings: { ...DEFAULT_ENVIRONMENT_SETTINGS, maxApplications: 1000 },
    logoVersion: null,
    createdAt: START,
    ...overrides,
  };
}

/** One open database for a whole suite; each test has an environment of its own in it. */
export class ContractHouse {
  readonly clock = new SettableClock();
  readonly essentials = contractEssentials(this.clock);
  #storage: ContractStorage | undefined;
  #open: OpenStorage | undefined;

  async open(open: OpenStorage): Promise<void> {
    this.#open = open;
    this.#storage = await open(this.essentials);
  }

  /** As after a restart: nothing is left but what the database kept. */
  async reopen(): Promise<void> {
    await this.storage.close();
    if (this.#open !== undefined) await this.open(this.#open);
  }

  get storage(): ContractStorage {
    if (this.#storage === undefined) throw new Error('The storage is not open.');
    return this.#storage;
  }

  async tenant(overrides: Partial<Environment> = {}): Promise<Tenant> {
    const environment = newEnvironment(overrides);
    await this.storage.environments.create(environment);
    return new Tenant(environment, this);
  }

  /** What has expired goes along with its environment's ordinary writes: here are many, so long after its beginning. */
  async purgeAfter(milliseconds: number, { storage: { throttle } }: Tenant): Promise<void> {
    this.clock.moveReal(HEAD_START_MS + milliseconds);
    const write = (): Promise<unknown> => throttle.take([], 0);
    await Promise.all(Array.from({ length: 1000 }, write));
    this.clock.moveReal(-HEAD_START_MS - milliseconds);
  }
}
