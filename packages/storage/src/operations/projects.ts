import type { Project, ProjectId, ProjectSearch } from '@fluxo/objects';
import type { Selectable } from 'kysely';
import { all, change, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';

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

export function projectOperations({ db, environmentId }: Scope) {
  const projects = () => db.selectFrom('projects').selectAll().where('environment_id', '=', environmentId);
  return {
    reads: {
      *search({ filters, first: offset, limit }: ProjectSearch): Operation<readonly Project[]> {
        let query = projects();
        for (const { column, value } of filters) query = query.where(COLUMNS[column], '=', value);
        const rows = yield* all(query.orderBy('name').orderBy('id').limit(limit).offset(offset));
        return rows.map(toProject);
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
