import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KeyRing } from '@fluxo/core';
import { fillPostgres } from './fill-postgres.js';
import { fillSqlite, type Filled, type Parties } from './fill-sqlite.js';
import type { RawGrant, Token } from './load.js';

/** What npm links and users start. */
export const LAUNCHER = fileURLToPath(new URL('../../packages/server/bin/fluxo.js', import.meta.url));
export const REDIRECT_URL = 'https://reports.example/callback';
export const USERNAME = 'ana';
export const PASSWORD = 'correct-horse-battery';

export interface FluxoFolder extends Parties {
  readonly environmentId: string;
  readonly data: string;
  /** The SQLite file; with PostgreSQL there is none. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Some of the grants' refresh tokens, spread over all of them. */
  readonly tokens: readonly Token[];
  /** The same number of others, for calls without HTTP. */
  readonly rawGrants: readonly RawGrant[];
  remove(): Promise<void>;
}

export interface FolderOptions {
  readonly grants: number;
  readonly tokens: number;
  /** The address of an empty PostgreSQL database; undefined: SQLite. */
  readonly databaseUrl?: string;
  readonly rememberConsent?: boolean;
}

/** A database with one environment, made by the command line as an operator would, and many grants. */
export async function makeFluxoFolder(options: FolderOptions): Promise<FluxoFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'fluxo-bench-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    return { ...(await fillFolder(folder, options)), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function fillFolder(folder: string, options: FolderOptions): Promise<Omit<FluxoFolder, 'remove'>> {
  const data = join(folder, 'data');
  const file = join(data, 'fluxo.sqlite');
  const key = randomBytes(32);
  const { databaseUrl, rememberConsent = false } = options;
  const env = {
    ...{ ...withoutFluxo(process.env), FLUXO_SECRET_KEYS: key.toString('hex') },
    ...(databaseUrl === undefined ? {} : { FLUXO_DATABASE_URL: databaseUrl }),
  };
  const run = commandLine(data, env);
  run(['environment', 'create', 'acme.my', '--name', 'Acme']);
  const user = run(['user', 'create', 'acme.my', USERNAME, '--name', 'Ana']);
  const application = run([
    ...['application', 'create', 'acme.my', '--kind', 'web', '--name', 'Reports'],
    ...['--redirect-url', REDIRECT_URL, '--refresh-rotation', 'on'],
    ...['--remember-consent', rememberConsent ? 'on' : 'off'],
  ]);
  const { client_id: clientId = '', client_secret: clientSecret = '' } = application;
  const signing = new KeyRing([key]).signing;
  const parties = { userId: user['wid'] ?? '', applicationId: clientId, redirectUri: REDIRECT_URL, signing };
  const filled: Filled =
    databaseUrl === undefined
      ? fillSqlite(file, parties, options)
      : await fillPostgres(databaseUrl, parties, options);
  return { ...{ data, file, env, clientId, clientSecret }, ...parties, ...filled };
}

/** `fluxo …`, as an operator would. */
function commandLine(data: string, env: NodeJS.ProcessEnv) {
  return (args: readonly string[]): Record<string, string> => {
    const output = execFileSync(process.execPath, [LAUNCHER, ...args, '--data', data, '--json'], {
      env: { ...env, FLUXO_PASSWORD: PASSWORD },
      encoding: 'utf8',
    });
    return JSON.parse(output) as Record<string, string>;
  };
}

/** Settings of the machine must not reach the process. */
function withoutFluxo(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:FLUXO_.*|PORT|HOST|NODE_OPTIONS)$/.test(name)),
  );
}
