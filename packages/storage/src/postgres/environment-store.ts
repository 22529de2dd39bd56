import type { ClientId, Environment, EnvironmentId, EnvironmentStore, Essentials } from '@fluxo/core';
import type { Kysely } from 'kysely';
import { bindOperations } from '../bind-operations.js';
import { change, first, type Operation } from '../operation.js';
import { environmentOperations, toEnvironment } from '../operations/environments.js';
import type { Tables } from '../schema/tables.js';
import type { QueryBuilder } from '../scope.js';
import type { PostgresExecutor } from './postgres-executor.js';

/** The one table that SQLite does without: there a look across environments is an ordinary query. */
interface DirectoryTables extends Tables {
  application_directory: { application_id: string; environment_id: string };
}

/** Environments are found before any is entered; each is changed inside itself. */
export function environmentStore(
  executor: PostgresExecutor,
  db: QueryBuilder,
  essentials: Pick<Essentials, 'clock' | 'random'>,
): EnvironmentStore {
  const { reads, writes } = environmentOperations(db, essentials);
  const inside = (id: EnvironmentId) => executor.runnerFor(id);
  const anywhere = executor.runnerFor(undefined);
  return {
    ...bindOperations(anywhere, { reads, writes: {} }),
    findByClientId: (lane, clientId) => anywhere.read(() => findByClientId(db, lane, clientId)),
    create: (environment, founding, by) =>
      inside(environment.id).write(() => writes.create(environment, founding, by)),
    update: (...change) => inside(change[0]).write(() => writes.update(...change)),
    setLogo: (id, logo, by) => inside(id).write(() => writes.setLogo(id, logo, by)),
    findLogo: (id) => inside(id).read(() => reads.findLogo(id)),
    delete: (id, by) => inside(id).write(() => deleteEnvironment(db, id, writes.delete(id, by))),
  };
}

function* findByClientId(
  db: QueryBuilder,
  lane: string,
  clientId: ClientId,
): Operation<Environment | undefined> {
  const row = yield* first(
    (db as unknown as Kysely<DirectoryTables>)
      .selectFrom('application_directory')
      .innerJoin('environments', 'environments.id', 'application_directory.environment_id')
      .selectAll('environments')
      .where('application_directory.application_id', '=', clientId)
      .where('environments.lane', '=', lane),
  );
  return row && toEnvironment(row);
}

/** Expired rows go along with an environment's own writes: after this one there are none. */
function* deleteEnvironment(
  db: QueryBuilder,
  id: EnvironmentId,
  operation: Operation<boolean>,
): Operation<boolean> {
  const deleted = yield* operation;
  if (deleted) yield* change(db.deleteFrom('sessions').where('environment_id', '=', id));
  return deleted;
}
