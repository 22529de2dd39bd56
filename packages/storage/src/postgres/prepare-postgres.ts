import { Kysely } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import { migrateToLatest, pendingMigrations } from '../schema/migrate.js';
import { connect, hostsOf, SCHEMA, type PostgresSql } from './connect.js';
import { POSTGRES_MIGRATIONS } from './migrations/index.js';
import { APPLICATION_ROLE } from './migrations/row-level-security.js';
import { toUnavailable } from './postgres-errors.js';

/** The database can't be used as it is set up; the message says what to change. */
export class DatabaseSetupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseSetupError';
  }
}

/** Any number: of several nodes that start at once, one prepares the database and the others wait for it. */
const LOCK = 7_346_112_908;

const HISTORY = { migrations: POSTGRES_MIGRATIONS, schema: SCHEMA };

/**
 * Brings schema and role up to date, as the user of the URL, and checks what the promises rest on.
 * @returns what was applied
 * @throws UnavailableError, NewerSchemaError, DatabaseSetupError
 */
export function migratePostgres(url: string): Promise<readonly string[]> {
  return asUserOf(url, async (sql, db) => {
    await requireDurability(sql);
    const applied = (await pendingMigrations(db, HISTORY)).length === 0 ? [] : await migrateAlone(sql, db);
    await requireRole(sql);
    return applied;
  });
}

/** What opening the database would apply; nothing is changed. @throws UnavailableError, NewerSchemaError */
export function pendingPostgresMigrations(url: string): Promise<readonly string[]> {
  return asUserOf(url, (_sql, db) => pendingMigrations(db, HISTORY));
}

async function migrateAlone(sql: PostgresSql, db: Kysely<unknown>): Promise<readonly string[]> {
  await sql`SELECT pg_advisory_lock(${LOCK})`;
  const pending = await pendingMigrations(db, HISTORY);
  await ensureRole(sql);
  await migrateToLatest(db, HISTORY);
  await sql`SELECT pg_advisory_unlock(${LOCK})`;
  return pending;
}

async function asUserOf<T>(
  url: string,
  work: (sql: PostgresSql, db: Kysely<unknown>) => Promise<T>,
): Promise<T> {
  const sql = connect({ url, maxConnections: 1 });
  try {
    return await work(sql, new Kysely<unknown>({ dialect: new PostgresJSDialect({ postgres: sql }) }));
  } catch (error) {
    throw explain(error, url);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** An answer must be on the disk first: an acknowledged token may not be lost with the server's memory. */
async function requireDurability(sql: PostgresSql): Promise<void> {
  const [row] = await sql<{ commit: string; fsync: string }[]>`
    SELECT current_setting('synchronous_commit') AS commit, current_setting('fsync') AS fsync`;
  for (const [setting, value] of Object.entries(row ?? {})) {
    if (value !== 'off') continue;
    throw new DatabaseSetupError(
      `PostgreSQL's ${setting === 'commit' ? 'synchronous_commit' : setting} is off: after a crash tokens that were answered would be lost, ` +
        'and revocations undone. Switch it on.',
    );
  }
}

/** A role belongs to the whole cluster: another database of ours may be making it at this moment. */
const CREATE_ROLE = `DO $$ BEGIN
  CREATE ROLE ${APPLICATION_ROLE} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$`;

/** The policies hold for nobody who owns the tables or may bypass them, so connections take on a role that can't. */
async function ensureRole(sql: PostgresSql): Promise<void> {
  const [found] = await sql`SELECT FROM pg_roles WHERE rolname = ${APPLICATION_ROLE}`;
  if (found === undefined) await sql.unsafe(CREATE_ROLE);
  const [member] = await sql<{ may: boolean }[]>`
    SELECT pg_has_role(current_user, ${APPLICATION_ROLE}, 'SET') AS may`;
  if (member?.may !== true) await sql.unsafe(`GRANT ${APPLICATION_ROLE} TO CURRENT_USER`);
}

async function requireRole(sql: PostgresSql): Promise<void> {
  const [role] = await sql<{ bypasses: boolean; may: boolean }[]>`
    SELECT rolsuper OR rolbypassrls AS bypasses, pg_has_role(current_user, oid, 'SET') AS may
    FROM pg_roles WHERE rolname = ${APPLICATION_ROLE}`;
  if (role?.may !== true) throw new DatabaseSetupError(ROLE_MISSING);
  if (role.bypasses) {
    throw new DatabaseSetupError(
      `The role ${APPLICATION_ROLE} may bypass row-level security, which keeps environments apart. ` +
        `Run: ALTER ROLE ${APPLICATION_ROLE} NOSUPERUSER NOBYPASSRLS`,
    );
  }
}

const ROLE_MISSING =
  `The user of FLUXO_DATABASE_URL may not take on the role ${APPLICATION_ROLE}. As an administrator of the ` +
  `database run: CREATE ROLE ${APPLICATION_ROLE} NOLOGIN (if it isn't there), then: GRANT ${APPLICATION_ROLE} TO the user`;

const INSUFFICIENT_PRIVILEGE = '42501';

function explain(error: unknown, url: string): Error {
  if (error instanceof Error && 'code' in error && error.code === INSUFFICIENT_PRIVILEGE) {
    return new DatabaseSetupError(
      `The user of FLUXO_DATABASE_URL lacks a right: ${error.message}. ${ROLE_MISSING}. Or run "fluxo migrate" once as the ` +
        'owner of the database.',
      { cause: error },
    );
  }
  const away = toUnavailable(error);
  if (away === error) return away;
  away.message = `PostgreSQL at ${hostsOf(url).join(', ')} can't be used: ${away.message}`;
  return away;
}
