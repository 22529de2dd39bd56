import type { Project, ProjectId, ProjectSearch } from '@fluxo/objects';
import type { Selectable } from 'kysely';
import { fixedSql } from '../fixed-sql.js';
import { change, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { QueryBuilder, Scope } from '../scope.js';

const COLUMNS = {
  id: 'id',
  name: 'name',
  status: 'status',
  percentComplete: 'percent_complete',
  priority: 'priority',
  plannedStartDate: 'planned_start_date',
  plannedCompletionDate: 'planned_completion_date',
} as const satisfies Record<keyof Project, keyof Tables['projects']>;

function toProject(row: Selectable<Tables['projects']>): Project {
  return {
    id: row.id as ProjectId,
    name: row.name,
    status: row.status,
    percentComplete: row.percent_complete,
    priority: row.priority,
    plannedStartDate: row.planned_start_date,
    plannedCompletionDate: row.planned_completion_date,
  };
}

/** @param columns in their order, each once: so there are few different ones */
function searchSql(db: QueryBuilder, columns: readonly (keyof Project)[]): string {
  return fixedSql(db, `projects ${columns.join()}`, () => {
    let query = db.selectFrom('projects').selectAll().where('environment_id', '=', '');
    for (const column of columns) query = query.where(COLUMNS[column], '=', '');
    return query.orderBy('name').orderBy('id').limit(0).offset(0);
  });
}

export function projectOperations({ db, environmentId }: Scope) {
  const projects = () => db.selectFrom('projects').selectAll().where('environment_id', '=', environmentId);
  return {
    reads: {
      *search({ filters, first: offset, limit }: ProjectSearch): Operation<readonly Project[]> {
        const sorted = filters.toSorted((a, b) => (a.column < b.column ? -1 : 1));
        const columns = sorted.map(({ column }) => column);
        const parameters = [environmentId, ...sorted.map(({ value }) => value), limit, offset];
        const sql = searchSql(db, columns);
        const { rows } = yield { sql, parameters };
        return (rows as readonly Selectable<Tables['projects']>[]).map(toProject);
      },
      *find(id: ProjectId): Operation<Project | undefined> {
        const row = yield* first(projects().where('id', '=', id));
        return row && toProject(row);
      },
    },
    writes: {
      *add(added: readonly Project[]): Operation<void> {
        for (const project of added) {
          const row = {
            environment_id: environmentId,
            id: project.id,
            name: project.name,
            status: project.status,
            percent_complete: project.percentComplete,
            priority: project.priority,
            planned_start_date: project.plannedStartDate,
            planned_completion_date: project.plannedCompletionDate,
          };
          yield* change(db.insertInto('projects').values(row));
        }
      },
    },
  };
}
