import { PostgresServer } from '../../packages/storage/src/contract/postgres-server.js';

/** What must be on for an answer to be on the disk. */
const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;

/** A PostgreSQL of the measure's own, with its settings as they come. @throws unless it syncs */
export async function startPostgres(): Promise<PostgresServer> {
  const server = await PostgresServer.start();
  try {
    for (const setting of DURABLE) {
      const [shown] = await server.query(`SHOW ${setting}`);
      if (shown?.[setting] !== 'on')
        throw new Error(`PostgreSQL's ${setting} is ${String(shown?.[setting])}.`);
    }
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Bytes of write-ahead log so far. */
export async function walBytes(server: PostgresServer): Promise<number> {
  const [shown] = await server.query(`SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes`);
  return Number(shown?.['bytes']);
}
