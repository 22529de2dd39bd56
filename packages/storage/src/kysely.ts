// What we take of Kysely, for it comes as 260 files: the build makes one of them and of this one (scripts/build.mjs), and a
// command takes a third less of the processor. Types are imported from Kysely itself.
export {
  DummyDriver,
  Kysely,
  Migrator,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
