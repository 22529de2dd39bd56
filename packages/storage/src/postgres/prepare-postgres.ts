import { Kysely, PostgresDialect } from '../kysely.js';
import { migrateToLatest, pendingMigrations } from '../schema/migrate.js';
import { placesOf } from './database-url.js';
import { POSTGRES_MIGRATIONS } from './migrations/index.js';
import { APPLICATION_ROLE } from './migrations/row-level-security.js';
import { toUnavailable } from './postgres-errors.js';
import { PostgresPool, SCHEMA, type Connection } from './postgres-pool.js';

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
  return asUserOf(url, async (connection, db) => {
    await requireDurability(connection);
    const applied =
      (await pendingMigrations(db, HISTORY)).length === 0 ? [] : await migrateAlone(connection, db);
    await requireRole(connection);
    return applied;
  });
}

/** What opening the database would apply; nothing is changed. @throws UnavailableError, NewerSchemaError */
export function pendingPostgresMigrations(url: string): Promise<readonly string[]> {
  return asUserOf(url, (_connection, db) => pendingMigrations(db, HISTORY));
}

async function migrateAlone(connection: Connection, db: Kysely<unknown>): Promise<readonly string[]> {
  await connection.ask('SELECT pg_advisory_lock($1)', [LOCK]);
  const pending = await pendingMigrations(db, HISTORY);
  await ensureRole(connection);
  await migrateToLatest(db, HISTORY);
  await connection.ask('SELECT pg_advisory_unlock($1)', [LOCK]);
  return pending;
}

/** One connection keeps the lock while another one migrates. */
async function asUserOf<T>(
  url: string,
  work: (connection: Connection, db: Kysely<unknown>) => Promise<T>,
): Promise<T> {
  const pool = new PostgresPool({ url, maxConnections: 2 });
  try {
    return await pool.run((connection) =>
      work(connection, new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool.raw }) })),
    );
  } catch (error) {
    throw explain(error, url);
  } finally {
    await pool.end();
  }
}

/** An answer must be on the disk first: an acknowledged token may not be lost with the server's memory. */
async function requireDurability(connection: Connection): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit']) {
    const { rows } = await connection.ask<{ value: string }>('SELECT current_setting($1) AS value', [
      setting,
    ]);
    if (rows[0]?.value !== 'off') continue;
    throw new DatabaseSetupError(
      `PostgreSQL's ${setting} is off: after a crash tokens that were answered would be lost, and revocations ` +
        'undone. Switch it on.',
    );
  }
}

/** A role belongs to the whole cluster: another database of ours may be making it at this moment. */
const CREATE_ROLE = `DO $$ BEGIN
  CREATE ROLE ${APPLICATION_ROLE} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$`;

const ROLE = `
  SELECT rolsuper OR rolbypassrls AS bypasses, pg_has_role(current_user, oid, 'SET') AS may
  FROM pg_roles WHERE rolname = $1`;

interface Role {
  readonly bypasses: boolean;
  readonly may: boolean;
}

async function findRole(connection: Connection): Promise<Role | undefined> {
  return (await connection.ask<Role>(ROLE, [APPLICATION_ROLE])).rows[0];
}

/** The policies hold for nobody who owns the tables or may bypass them, so connections take on a role that can't. */
async function ensureRole(connection: Connection): Promise<void> {
  if ((await findRole(connection)) === undefined) await connection.simple(CREATE_ROLE);
  const role = await findRole(connection);
  if (role?.may !== true) await connection.simple(`GRANT ${APPLICATION_ROLE} TO CURRENT_USER`);
}

async function requireRole(connection: Connection): Promise<void> {
  const role = await findRole(connection);
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
  away.message = `PostgreSQL at ${placesOf(url)} can't be used: ${away.message}`;
  return away;
}
