import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { changeEnvironment, createEnvironment, type Clock, type EnvironmentSettings } from '@fluxo/core';
import { composeServer, readConfig, type FluxoServer } from '@fluxo/server';
import { databaseSettingsOf } from './database.js';
import { TestTenant } from './tenant.js';

/** Time that a test moves, from the real one onward: what is alive in it is never old by the real one. */
export class ManualClock implements Clock {
  #now = Date.now();
  now = (): number => this.#now;
  real = (): number => Date.now();
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

export interface FluxoOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** The data directory of a server that was stopped; by default a new one. */
  readonly folder?: string;
}

/** A whole server on a database of its own; requests go in without a socket (`inject`). */
export class TestFluxo {
  readonly clock: ManualClock;
  readonly server: FluxoServer;
  readonly folder: string;
  /** Every line that the server logged. */
  readonly log: string[];

  constructor(parts: Pick<TestFluxo, 'clock' | 'server' | 'folder' | 'log'>) {
    this.clock = parts.clock;
    this.server = parts.server;
    this.folder = parts.folder;
    this.log = parts.log;
  }

  async environment(
    domain: string,
    lane = 'my',
    settings: Partial<EnvironmentSettings> = {},
  ): Promise<TestTenant> {
    const { storage, essentials, hosts } = this.server.services;
    const created = await createEnvironment(
      { domain, lane, name: `${domain} (${lane})` },
      storage.environments,
      essentials,
    );
    const { overview } = storage.forEnvironment(created.id);
    const environment = await changeEnvironment(
      { settings: { maxApplications: 1000, ...settings } },
      { overview, environments: storage.environments },
    );
    return new TestTenant(this, environment, hosts.originOf(environment));
  }

  async close(): Promise<void> {
    await this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function startFluxo(options: FluxoOptions = {}): Promise<TestFluxo> {
  const { settings = {}, folder = mkdtempSync(join(tmpdir(), 'fluxo-test-')) } = options;
  const clock = new ManualClock();
  const log: string[] = [];
  const logStream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      log.push(chunk.toString());
      done();
    },
  });
  const defaults = { FLUXO_DATA: folder, PORT: '3000', ...(await databaseSettingsOf(folder)) };
  try {
    const server = await composeServer(readConfig({ ...defaults, ...settings }), { clock, logStream });
    return new TestFluxo({ clock, server, folder, log });
  } catch (error) {
    // One that was given is its giver's.
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
