import {
  InputError,
  parseEnvironmentName,
  systemClock,
  systemRandom,
  type Acting,
  type Environment,
  type EnvironmentStorage,
  type Essentials,
  type Storage,
} from '@fluxo/core';
import { openKeyRing } from '../adapters/secret-keys.js';
import { readConfig, type Config } from '../config.js';
import { HostDirectory } from '../hosts/host-directory.js';
import type { Io } from './io.js';
import { notedPort } from './server-port.js';

/** What the activity log says of whatever a command changes. */
export const BY_COMMAND: Acting = { via: 'cli' };

/** What a command works with, beside a server that may be running. */
export interface Tool {
  readonly storage: Storage;
  readonly essentials: Essentials;
  readonly hosts: HostDirectory;
  readonly io: Io;
  readonly config: Config;
}

/** One environment, as a command names it. */
export interface Tenant {
  readonly environment: Environment;
  readonly storage: EnvironmentStorage;
  readonly now: number;
}

/** What a command is allowed to find missing. */
export interface ToolOptions {
  readonly data: string | undefined;
  /** Whether a data directory that isn't there is made; otherwise it is an error. */
  readonly mayCreate: boolean;
}

/** @throws ConfigError, InputError, NewerSchemaError, and whatever the database throws */
export async function openTool({ data, mayCreate }: ToolOptions, io: Io): Promise<Tool> {
  const config = readConfig({ ...io.settings, ...(data === undefined ? {} : { FLUXO_DATA: data }) });
  // Loaded only here, so that help and wrong usage are answered at once.
  const { hasSqlite, openStorage } = await import('@fluxo/storage');
  const { data: folder, databaseUrl } = config;
  if (!mayCreate && databaseUrl === undefined && !hasSqlite(folder)) {
    throw new InputError(
      'data',
      `There is no Fluxo database in ${folder}. Name its folder with --data, or begin with: fluxo environment create`,
    );
  }
  const essentials = toolEssentials(config);
  const storage = await openStorage({ databaseUrl, folder, essentials, role: 'tool' });
  return {
    storage,
    essentials,
    hosts: new HostDirectory({ ...config, port: serverPort(config, io.settings) }, storage.environments),
    io,
    config,
  };
}

/** @throws InputError when the name is none, or nobody's */
export async function requireTenant(name: string, { storage, essentials }: Tool): Promise<Tenant> {
  const environment = await storage.environments.findByName(parseEnvironmentName(name));
  if (environment === undefined) {
    throw new InputError('environment', `There is no environment ${name}. See: fluxo environment list`);
  }
  return {
    environment,
    storage: storage.forEnvironment(environment.id, BY_COMMAND),
    now: essentials.clock.now(environment.id),
  };
}

/** The keys are read when something needs them: managing users must not require to see them. */
function toolEssentials(config: Config): Essentials {
  let keyRing: Essentials['keyRing'] | undefined;
  return {
    clock: systemClock,
    random: systemRandom,
    get keyRing() {
      keyRing ??= openKeyRing(config);
      return keyRing;
    },
  };
}

/** What was set counts first, then what the server on this data was told. */
function serverPort(config: Config, settings: Io['settings']): number {
  const isSet = (settings['PORT'] ?? '').trim() !== '' && config.port !== 0;
  return isSet ? config.port : (notedPort(config.data) ?? config.port);
}
