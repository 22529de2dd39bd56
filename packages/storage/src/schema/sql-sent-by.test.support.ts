import { createHash } from 'node:crypto';
import type { Dialect, Migration } from 'kysely';
import { DummyDriver, Kysely } from '../kysely.js';

/** A digest of what each migration sends, put together from whatever files: that is what databases out there were made by. */
export async function digestsOfSql(
  migrations: Readonly<Record<string, Migration>>,
  dialect: Omit<Dialect, 'createDriver'>,
): Promise<Readonly<Record<string, string>>> {
  const digests = Object.entries(migrations).map(async ([name, migration]): Promise<[string, string]> => [
    name,
    createHash('sha256')
      .update(await sqlSentBy(migration, dialect))
      .digest('hex'),
  ]);
  return Object.fromEntries(await Promise.all(digests));
}

async function sqlSentBy(migration: Migration, dialect: Omit<Dialect, 'createDriver'>): Promise<string> {
  const sent: string[] = [];
  const db = new Kysely<unknown>({
    dialect: { ...dialect, createDriver: () => new DummyDriver() },
    log: ({ query }) => {
      sent.push(query.sql);
    },
  });
  await migration.up(db);
  return sent.join(';\n');
}
