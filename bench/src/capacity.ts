import { readFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { startFluxo, type Contestant } from './contestant.js';
import { makeFluxoFolder } from './fluxo-folder.js';
import { CHAINS, refreshingFluxo, residentMb, row, withAll, type Row, type Sizes } from './measure.js';
import { checking } from './measures/session.js';
import { startPostgres, walBytes } from './postgres.js';
import { medianOf, repeat, type Measured, type RoundOptions } from './rounds.js';

/** Bytes of a row are the same from here on. */
const MOST_GRANTS = 500_000;
const FEW_GRANTS = 10_000;

type Server = Awaited<ReturnType<typeof startPostgres>>;

/** What a plan is made of: how much work a core does, and how much disk, memory and connections what is stored takes. */
export async function measureCapacity(options: RoundOptions, sizes: Sizes): Promise<readonly Row[]> {
  const grants = Math.min(sizes.grants, MOST_GRANTS);
  return [...(await ofSqlite(options, grants)), ...(await ofPostgres(options, grants))];
}

function ofSqlite(options: RoundOptions, grants: number): Promise<readonly Row[]> {
  return withAll(async (keep) => {
    const few = keep(await makeFluxoFolder({ grants: FEW_GRANTS, tokens: 1 }));
    const folder = keep(await makeFluxoFolder({ grants, tokens: CHAINS }));
    const perGrant = bytesPerRow(folder.file, 'grants');
    const small = keep(await startFluxo(few));
    const fluxo = keep(await startFluxo(folder));
    const [baseMb, manyMb] = [residentMb(small.pid), residentMb(fluxo.pid)];
    const written = diskBytes(fluxo.pid);
    const work = await workRows('SQLite', fluxo, options);
    const perRefresh = (diskBytes(fluxo.pid) - written) / work.refreshes;
    const usedMb = residentMb(fluxo.pid);
    return [
      ...work.rows,
      row('bytes on disk of one grant, SQLite (its indexes included)', String(perGrant)),
      row('bytes on disk of one session, SQLite', String(bytesPerRow(folder.file, 'sessions'))),
      row(
        'bytes written to the disk for one refresh, SQLite (WAL and checkpoints)',
        String(Math.round(perRefresh)),
      ),
      row('memory of a node after its start, 10 thousand grants', `${baseMb} MB`),
      row(`the same with ${grants} grants; after the load`, `${manyMb} MB; ${usedMb} MB`),
    ];
  });
}

function ofPostgres(options: RoundOptions, grants: number): Promise<readonly Row[]> {
  return withAll(async (keep) => {
    const server = keep(await startPostgres());
    const databaseUrl = await server.createDatabase();
    const database = new URL(databaseUrl).pathname.slice(1);
    const folder = keep(await makeFluxoFolder({ grants, tokens: CHAINS, databaseUrl }));
    const perGrant = await bytesPerPostgresRow({ server, database }, 'grants');
    const fluxo = keep(await startFluxo(folder));
    const log = await walBytes(server);
    const work = await workRows('PostgreSQL', fluxo, options);
    const perRefresh = ((await walBytes(server)) - log) / work.refreshes;
    const [shown] = await server.query(
      `SELECT count(*) AS connections FROM pg_stat_activity WHERE application_name = 'fluxo'`,
    );
    const perSession = await bytesPerPostgresRow({ server, database }, 'sessions');
    return [
      ...work.rows,
      row('bytes on disk of one grant, PostgreSQL (its indexes included)', String(perGrant)),
      row('bytes on disk of one session, PostgreSQL', String(perSession)),
      row(
        'bytes of WAL for one refresh, PostgreSQL (full-page images included)',
        String(Math.round(perRefresh)),
      ),
      row('memory of a node on PostgreSQL after the load', `${residentMb(fluxo.pid)} MB`),
      row('connections of a node to PostgreSQL under load', String(shown?.['connections'])),
    ];
  });
}

const perCore = (measured: Measured): string =>
  `${Math.round(1e6 / medianOf(measured, 'cpuMicroseconds'))}/s (${Math.round(medianOf(measured, 'rate'))}/s measured)`;

/** Refreshes, then checks. By processor time: what a core does that has nothing else to do. */
async function workRows(database: string, fluxo: Contestant, options: RoundOptions) {
  // The check's session takes a token away from the refreshes.
  const checks = await checking(fluxo);
  const refreshing = refreshingFluxo(`refresh, ${database}`, { ...fluxo, tokens: fluxo.tokens.slice(0, -1) });
  const refreshes = await repeat(refreshing, options);
  const search = await repeat(checks.search(fluxo), options);
  const introspection = await repeat(checks.introspection(fluxo), options);
  return {
    refreshes: refreshes.results.reduce((sum, { total }) => sum + total, 0),
    rows: [
      row(`refreshes of one core, ${database}`, perCore(refreshes)),
      row(`session checks of one core, project search, ${database}`, perCore(search)),
      row(`session checks of one core, introspection, ${database}`, perCore(introspection)),
    ],
  };
}

/** Of a table and its indexes, from SQLite's own statistics. */
function bytesPerRow(file: string, table: string): number {
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    const bytes = database
      .prepare(
        `SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = ?)`,
      )
      .pluck()
      .get(table) as number;
    const rows = database.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
    return Math.round(bytes / rows);
  } finally {
    database.close();
  }
}

interface PostgresPlace {
  readonly server: Server;
  readonly database: string;
}

async function bytesPerPostgresRow({ server, database }: PostgresPlace, table: string): Promise<number> {
  const [shown] = await server.query(
    `SELECT pg_total_relation_size('fluxo.${table}') / count(*) AS bytes FROM fluxo.${table}`,
    database,
  );
  return Number(shown?.['bytes']);
}

/** proc(5): what the process had written to the storage. */
function diskBytes(pid: number): number {
  return Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? 'NaN');
}
