import pg, { type ClientConfig, type PoolClient, type QueryResultRow } from 'pg';
import { hostsOf, type DatabaseHost } from './database-url.js';
import { ReadOnlyError, isConnectionLost } from './postgres-errors.js';

export interface PoolOptions {
  /** `postgres://user:password@host:port/database`; several hosts separated by commas. */
  readonly url: string;
  readonly maxConnections: number;
  /** Taken on by every connection; undefined: stay who the URL says. */
  readonly role?: string;
}

export type Parameter = string | number | Uint8Array | boolean | null;

export interface Rows<Row> {
  readonly rows: readonly Row[];
  /** How many rows were read or changed. */
  readonly count: number;
}

/** One connection, for as long as a transaction takes. */
export interface Connection {
  /** Without parameters and without a name, several statements at once. */
  simple(text: string): Promise<void>;
  ask<Row>(text: string, parameters: readonly Parameter[]): Promise<Rows<Row>>;
}

/** Everything of ours is in a schema of its own, so that the database may be shared with another product. */
export const SCHEMA = 'fluxo';

const CONNECT_TIMEOUT_MS = 3_000;
/** Nothing here takes longer unless something is wrong; then the request is answered with 503. */
const STATEMENT_TIMEOUT_MS = 10_000;
/** The server's own timeout comes first; this one is for a server that says nothing any more. */
const ANSWER_TIMEOUT_MS = 12_000;
/** A connection keeps each statement it prepared: only so many different ones are. */
const MAX_PREPARED = 500;

/**
 * Connections to the one host that may be written to, wherever it is by now. A connection that broke, or whose
 * server became a standby, is thrown away; the next one is made to the next host that takes it.
 */
export class PostgresPool {
  #ended: Promise<unknown> | undefined;
  readonly #pools: readonly pg.Pool[];
  readonly #names = new Map<string, string>();
  #current = 0;

  constructor(options: PoolOptions) {
    this.#pools = hostsOf(options.url).map((host) => makePool(options, host));
  }

  /** For the migrations, which bring their own way of asking. */
  get raw(): pg.Pool {
    const pool = this.#pools[this.#current];
    if (pool === undefined) throw new Error('The address of the database names no host.');
    return pool;
  }

  /** @throws whatever the work throws, and what pg throws when no host can be reached */
  async run<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const client = await this.#acquire();
    let broken: Error | undefined;
    try {
      return await work(this.#connectionOf(client));
    } catch (error) {
      if (error instanceof Error && isConnectionLost(error)) broken = error;
      throw error;
    } finally {
      client.release(broken ?? false);
    }
  }

  /** A connection of one's own, until it is released. */
  hold(): Promise<PoolClient> {
    return this.#acquire();
  }

  /** Once more is no mistake: whoever stops a server may not know that it has stopped. */
  async end(): Promise<void> {
    this.#ended ??= Promise.all(this.#pools.map((pool) => pool.end()));
    await this.#ended;
  }

  /** Each host once, beginning with the one that was good last. */
  async #acquire(): Promise<PoolClient> {
    let failure: unknown;
    for (let tried = 0; tried < this.#pools.length; tried += 1) {
      try {
        const client = await this.raw.connect();
        if (this.#pools.length === 1 || (await isWritable(client))) return client;
        client.release(true);
        failure = new ReadOnlyError('Every host of the database is a standby.');
      } catch (error) {
        failure = error;
      }
      this.#current = (this.#current + 1) % this.#pools.length;
    }
    throw failure;
  }

  #connectionOf(client: PoolClient): Connection {
    return {
      simple: async (text) => {
        await client.query(text);
      },
      ask: async <Row>(text: string, parameters: readonly Parameter[]) => {
        const name = this.#nameOf(text);
        const values = parameters.map(withoutNul);
        const query = { text, values, ...(name === undefined ? {} : { name }) };
        const { rows, rowCount } = await client.query<Row & QueryResultRow>(query);
        return { rows, count: rowCount ?? rows.length };
      },
    };
  }

  /** Named statements are parsed once in each connection. */
  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= MAX_PREPARED) return known;
    const name = `fluxo_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

/** Asked once in each connection's life: a server that becomes a standby restarts, or refuses with an error. */
const verified = new WeakSet<PoolClient>();

async function isWritable(client: PoolClient): Promise<boolean> {
  if (verified.has(client)) return true;
  const { rows } = await client.query<{ readonly standby: boolean }>(
    `SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS standby`,
  );
  if (rows[0]?.standby !== false) return false;
  verified.add(client);
  return true;
}

function makePool({ url, maxConnections, role }: PoolOptions, { host, port }: DatabaseHost): pg.Pool {
  const settings = [`search_path=${SCHEMA},pg_temp`, ...(role === undefined ? [] : [`role=${role}`])];
  const address = new URL(url.replace(/(:\/\/(?:[^/?@]*@)?)[^/?]+/, '$1host'));
  const config: ClientConfig = {
    host,
    port,
    user: decodeURIComponent(address.username),
    password: decodeURIComponent(address.password),
    database: decodeURIComponent(address.pathname.slice(1)),
    ...sslOf(address.searchParams.get('sslmode')),
    application_name: 'fluxo',
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
    types: TYPES,
  };
  const pool = new pg.Pool({ ...config, max: maxConnections, idleTimeoutMillis: 0 });
  // A connection that breaks while nobody uses it is thrown away; whoever needs one gets another.
  pool.on('error', () => undefined);
  // One that breaks in use fails what is asked of it; without a listener the event itself would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** As in libpq: the certificate is looked at only where `verify-full` asks for it. */
function sslOf(mode: string | null): Pick<ClientConfig, 'ssl'> {
  if (mode === null || mode === 'disable' || mode === 'allow' || mode === 'prefer') return {};
  return { ssl: { rejectUnauthorized: mode === 'verify-full' || mode === 'verify-ca' } };
}

const { INT8, UUID } = pg.types.builtins;

/** 64-bit integers are epoch milliseconds and counts, well below 2^53; identifiers have no hyphens in the program. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid, format): unknown => {
    if (oid === INT8) return Number;
    if (oid === UUID) return withoutHyphens;
    return pg.types.getTypeParser(oid, format);
  }) as typeof pg.types.getTypeParser,
};

function withoutHyphens(text: string): string {
  return text.slice(0, 8) + text.slice(9, 13) + text.slice(14, 18) + text.slice(19, 23) + text.slice(24);
}

/** PostgreSQL's text can't hold the character NUL, and nothing of ours has one: whoever sends it finds nobody. */
function withoutNul(value: Parameter): Parameter {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
