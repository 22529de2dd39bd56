import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contractEssentials, newEnvironment, SettableClock } from '../contract/contract-house.js';
import { PostgresOfSuite } from '../contract/postgres-of-suite.js';
import { openPostgres } from './open-postgres.js';
import { migratePostgres, pendingPostgresMigrations } from './prepare-postgres.js';

const postgres = new PostgresOfSuite();

const open = (url: string) =>
  openPostgres({ url, role: 'server', essentials: contractEssentials(new SettableClock()) });

describe('a database is prepared by whoever may, and used only as the promises need it', () => {
  let url: string;
  let database: string;
  beforeEach(async () => {
    url = await postgres.server.createDatabase();
    database = new URL(url).pathname.slice(1);
  });

  it('of several nodes that start at once one prepares it, and all serve', async () => {
    const storages = await Promise.all([open(url), open(url), open(url)]);
    expect(await pendingPostgresMigrations(url)).toEqual([]);
    for (const storage of storages) {
      expect(await storage.environments.create(newEnvironment())).toBe('created');
      await storage.close();
    }
  });

  it('a user who may only take on the role serves what the owner has prepared', async () => {
    await postgres.server.query(`CREATE ROLE ${database}_node LOGIN`);
    const asNode = url.replace('postgres@', `${database}_node@`);
    await expect(open(asNode)).rejects.toThrow(/CREATE ROLE|fluxo migrate/);
    expect((await migratePostgres(url)).length).toBeGreaterThan(0);
    await expect(open(asNode)).rejects.toThrow(/GRANT fluxo_app TO/);
    await postgres.server.query(`GRANT fluxo_app TO ${database}_node`);
    const storage = await open(asNode);
    expect(await storage.environments.create(newEnvironment())).toBe('created');
    await storage.close();
  });

  it('a database without a server says where it was looked for, and no password', async () => {
    const wrong = `postgres://somebody:secret-word@127.0.0.1:1/nowhere`;
    await expect(open(wrong)).rejects.toThrow(/127\.0\.0\.1:1/);
    await expect(open(wrong)).rejects.not.toThrow(/secret-word/);
  });

  describe('and refuses', () => {
    afterEach(async () => {
      await postgres.server.query('ALTER ROLE fluxo_app NOBYPASSRLS');
    });

    it('where a commit would be acknowledged before it is on the disk', async () => {
      await postgres.server.query(`ALTER DATABASE ${database} SET synchronous_commit = off`);
      await expect(open(url)).rejects.toThrow(/synchronous_commit is off/);
    });

    it('where the role may bypass the guard between environments', async () => {
      await migratePostgres(url);
      await postgres.server.query('ALTER ROLE fluxo_app BYPASSRLS');
      await expect(open(url)).rejects.toThrow(/NOBYPASSRLS/);
    });

    it('where a newer version has been', async () => {
      await migratePostgres(url);
      await postgres.server.query(
        `INSERT INTO fluxo.kysely_migration VALUES ('9999-later', '2030-01-01')`,
        database,
      );
      await expect(open(url)).rejects.toThrow(/newer Fluxo/);
    });
  });
});
