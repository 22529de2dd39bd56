import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { NamedStatement } from './named-statement.js';

const database = new SqliteDatabase(':memory:');
afterAll(() => database.close());
beforeEach(() =>
  database.exec('DROP TABLE IF EXISTS notes; CREATE TABLE notes (id TEXT, at INTEGER, data BLOB)'),
);

const note = (id: string, at: number | null): number =>
  new NamedStatement(database, 'INSERT INTO notes (at, id, data) VALUES (@at, @id, @data)').run({
    ...{ id, at, data: Buffer.from([1, 2]) },
  });

describe('a statement with names', () => {
  it('gets each value where its name stands, in whatever order they are given, and as often as it stands', () => {
    expect([note('a', 1), note('b', 2), note('c', null)]).toEqual([1, 1, 1]);
    const between = new NamedStatement(
      database,
      'SELECT id, data FROM notes WHERE at >= @least AND (@id = id OR at > @least OR @id IS NULL) ORDER BY id',
    );
    const data = Buffer.from([1, 2]);
    expect(between.all({ id: null, least: 1 })).toEqual([
      { id: 'a', data },
      { id: 'b', data },
    ]);
    expect(between.all({ id: 'a', least: 1 })).toHaveLength(2);
    expect(between.all({ least: 2, id: 'a' })).toEqual([]);
    expect(between.get({ least: 2, id: 'b', more: 'nobody asks for it' })).toEqual({ id: 'b', data });
  });

  it('refuses a value that is missing, and changes nothing', () => {
    const change = new NamedStatement(database, 'UPDATE notes SET at = @at WHERE id = @id');
    note('a', 1);
    expect(() => change.run({ at: 2 })).toThrow('its value for @id');
    expect(change.run({ at: 2, id: 'nobody' })).toBe(0);
    expect(new NamedStatement(database, 'SELECT at FROM notes').get({})).toEqual({ at: 1 });
  });

  it('takes what looks like SQL for a value', () => {
    const name = "a' OR '1' = '1";
    note(name, 1);
    const find = new NamedStatement(database, 'SELECT at FROM notes WHERE id = @id');
    expect([find.get({ id: name }), find.get({ id: "' OR '1" })]).toEqual([{ at: 1 }, undefined]);
  });
});
