import postgres, { type Sql } from 'postgres';

export type PostgresSql = Sql<{ bigint: number; uuid: string }>;

export interface ConnectOptions {
  /** `postgres://user:password@host:port/database`; several hosts separated by commas. */
  readonly url: string;
  readonly maxConnections: number;
  /** Taken on by every connection; undefined: stay who the URL says. */
  readonly role?: string;
}

/** Everything of ours is in a schema of its own, so that the database may be shared with another product. */
export const SCHEMA = 'fluxo';

const CONNECT_TIMEOUT_S = 3;
/** Nothing here takes longer unless something is wrong; then the request is answered with 503. */
const STATEMENT_TIMEOUT_MS = 10_000;
const RECONNECT_DELAY_S = 0.1;

/** 64-bit integers come as numbers: times are epoch milliseconds, well below 2^53. */
const BIGINT = { to: 20, from: [20], parse: Number, serialize: String };
/** Identifiers come without hyphens, as everywhere in the program. */
const UUID = {
  to: 2950,
  from: [2950],
  serialize: (id: string) => id,
  parse: (text: string) =>
    text.slice(0, 8) + text.slice(9, 13) + text.slice(14, 18) + text.slice(19, 23) + text.slice(24),
};

export function connect({ url, maxConnections, role }: ConnectOptions): PostgresSql {
  return postgres(url, {
    max: maxConnections,
    types: { bigint: BIGINT, uuid: UUID },
    fetch_types: false,
    connect_timeout: CONNECT_TIMEOUT_S,
    // Back soon after the database is: one try each tenth of a second costs nothing.
    backoff: () => RECONNECT_DELAY_S,
    onnotice: () => undefined,
    // Of several hosts the one that may be written to, wherever it is by now.
    ...(hostsOf(url).length > 1 ? { target_session_attrs: 'read-write' as const } : {}),
    connection: {
      application_name: 'fluxo',
      search_path: `${SCHEMA}, pg_temp`,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
      ...(role === undefined ? {} : { role }),
    },
  });
}

/** For messages: where the database was looked for, without user and password. */
export function hostsOf(url: string): readonly string[] {
  const authority = url.replace(/^[a-z]+:\/\//i, '').split(/[/?]/)[0] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1).split(',');
}
