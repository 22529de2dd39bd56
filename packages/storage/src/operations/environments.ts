import type {
  Acting,
  ClientId,
  Environment,
  EnvironmentId,
  EnvironmentName,
  EnvironmentSettings,
  EnvironmentStore,
  Essentials,
  Founding,
  Logo,
} from '@fluxo/core';
import type { Selectable } from 'kysely';
import { all, change, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { QueryBuilder, Scope } from '../scope.js';
import { recordAudit } from './audit.js';
import { noteChange } from './change-log.js';
import { passwordLinkOperations } from './password-links.js';
import { atRevision, NEXT_REVISION } from './revision.js';
import { insertUser } from './users.js';
import { lacksWayIn } from './way-in.js';

export function toEnvironment(row: Selectable<Tables['environments']>): Environment {
  return {
    id: row.id as EnvironmentId,
    domain: row.domain,
    lane: row.lane,
    name: row.name,
    settings: {
      sessionIdleTimeoutMs: row.session_idle_timeout_ms,
      sessionTotalAgeMs: row.session_total_age_ms,
      sessionIdInQuery: row.session_id_in_query === 1,
      singleSignOn: row.single_sign_on,
      administratorsExempt: row.administrators_exempt === 1,
      secondFactor: row.second_factor,
      maxApplications: row.max_applications,
      accentColor: row.accent_color,
    },
    logoVersion: row.logo_version,
    createdAt: row.created_at,
  };
}

function toColumns({ name, settings }: Partial<Pick<Environment, 'name' | 'settings'>>) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(settings === undefined ? {} : settingColumns(settings)),
  };
}

const settingColumns = (settings: EnvironmentSettings) => ({
  session_idle_timeout_ms: settings.sessionIdleTimeoutMs,
  session_total_age_ms: settings.sessionTotalAgeMs,
  session_id_in_query: settings.sessionIdInQuery ? (1 as const) : (0 as const),
  single_sign_on: settings.singleSignOn,
  administrators_exempt: settings.administratorsExempt ? (1 as const) : (0 as const),
  second_factor: settings.secondFactor,
  max_applications: settings.maxApplications,
  accent_color: settings.accentColor,
});

/**
 * Everything that belongs to one environment, but what happened in it, which stays; its sessions die with it and go
 * when they would have ended.
 */
const OWNED = [
  'grants',
  'consents',
  'flows',
  'throttles',
  'used_once',
  'federated_identities',
  'identity_providers',
  'projects',
  'environment_logos',
  'application_logos',
  'application_secrets',
  'application_keys',
  'redirect_urls',
  'recovery_codes',
  'second_factors',
  'password_links',
  'applications',
  'users',
] as const;

export function environmentOperations(db: QueryBuilder, essentials: Pick<Essentials, 'clock' | 'random'>) {
  const scope = (environmentId: EnvironmentId, acting?: Acting) => ({
    db,
    environmentId,
    essentials,
    acting,
  });
  return {
    reads: {
      *findByName({ domain, lane }: EnvironmentName): Operation<Environment | undefined> {
        const row = yield* first(
          db.selectFrom('environments').selectAll().where('domain', '=', domain).where('lane', '=', lane),
        );
        return row && toEnvironment(row);
      },
      *findByClientId(lane: string, clientId: ClientId): Operation<Environment | undefined> {
        const row = yield* first(
          db
            .selectFrom('applications')
            .innerJoin('environments', 'environments.id', 'applications.environment_id')
            .selectAll('environments')
            .where('applications.id', '=', clientId)
            .where('environments.lane', '=', lane),
        );
        return row && toEnvironment(row);
      },
      *listOfDomain(domain: string): Operation<readonly Environment[]> {
        const rows = yield* all(
          db.selectFrom('environments').selectAll().where('domain', '=', domain).orderBy('lane'),
        );
        return rows.map(toEnvironment);
      },
      *findLogo(id: EnvironmentId): Operation<Logo | undefined> {
        return yield* first(
          db.selectFrom('environment_logos').select(['png', 'version']).where('environment_id', '=', id),
        );
      },
      *list(): Operation<readonly Environment[]> {
        const rows = yield* all(db.selectFrom('environments').selectAll().orderBy('domain').orderBy('lane'));
        return rows.map(toEnvironment);
      },
    },
    writes: {
      *create(
        environment: Environment,
        founding?: Founding,
        by?: Acting,
      ): Operation<'created' | 'name-taken'> {
        const { id, domain, lane, logoVersion, createdAt } = environment;
        const created = yield* change(
          db
            .insertInto('environments')
            .values({
              ...{ id, domain, lane, logo_version: logoVersion, created_at: createdAt },
              ...settingColumns(environment.settings),
              name: environment.name,
            })
            .onConflict((conflict) => conflict.columns(['domain', 'lane']).doNothing()),
        );
        if (created === 0) return 'name-taken';
        yield* noteChange(scope(id), 'environment', id);
        yield* recordAudit(scope(id, by), { type: 'environment.created', detail: `${domain}.${lane}` });
        if (founding !== undefined) yield* found(scope(id, by), founding);
        return 'created';
      },
      *update(
        ...[id, columns, by, ifRevision]: Parameters<EnvironmentStore['update']>
      ): Operation<Environment | 'no-way-in' | undefined> {
        const requires = columns.settings?.singleSignOn === 'required';
        if (requires && (yield* lacksWayIn(scope(id), ifRevision))) return 'no-way-in';
        const row = yield* first(
          db
            .updateTable('environments')
            .set({ ...toColumns(columns), revision: NEXT_REVISION })
            .where('id', '=', id)
            .where(atRevision(ifRevision))
            .returningAll(),
        );
        if (row === undefined) return undefined;
        yield* noteChange(scope(id), 'environment', id);
        yield* recordAudit(scope(id, by), { type: 'environment.updated' });
        return toEnvironment(row);
      },
      *setLogo(id: EnvironmentId, logo: Logo | undefined, by?: Acting): Operation<Environment | undefined> {
        const row = yield* first(
          db
            .updateTable('environments')
            .set({ logo_version: logo?.version ?? null, revision: NEXT_REVISION })
            .where('id', '=', id)
            .returningAll(),
        );
        if (row === undefined) return undefined;
        yield* writeLogo(scope(id), logo);
        yield* noteChange(scope(id), 'environment', id);
        yield* recordAudit(scope(id, by), { type: 'environment.updated', detail: 'logo' });
        return toEnvironment(row);
      },
      *delete(id: EnvironmentId, by?: Acting): Operation<boolean> {
        if ((yield* change(db.deleteFrom('environments').where('id', '=', id))) === 0) return false;
        for (const table of OWNED) yield* change(db.deleteFrom(table).where('environment_id', '=', id));
        yield* noteChange(scope(id), 'environment', id);
        yield* recordAudit(scope(id, by), { type: 'environment.deleted' });
        return true;
      },
    },
  };
}

/** Who is there from the beginning, and the logo that the environment's row names already. */
function* found(scope: Scope, { administrator, link, logo }: Founding): Operation<void> {
  if (logo !== undefined) yield* writeLogo(scope, logo);
  yield* insertUser(scope, administrator);
  yield* recordAudit(scope, { type: 'user.created', userId: administrator.id });
  yield* passwordLinkOperations(scope).writes.issue(link, administrator.createdAt);
}

function* writeLogo({ db, environmentId }: Scope, logo: Logo | undefined): Operation<void> {
  yield* change(db.deleteFrom('environment_logos').where('environment_id', '=', environmentId));
  if (logo === undefined) return;
  const { version, png } = logo;
  yield* change(db.insertInto('environment_logos').values({ environment_id: environmentId, version, png }));
}
