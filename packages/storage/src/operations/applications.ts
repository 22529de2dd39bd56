import type {
  Application,
  ApplicationCredentials,
  ApplicationSecret,
  ApplicationSecretDigest,
  ApplicationWrite,
  ClientId,
  Logo,
  Revision,
} from '@fluxo/core';
import type { Selectable } from 'kysely';
import { all, change, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { QueryBuilder, Scope } from '../scope.js';
import { applicationKeyOperations, liveKeysOf } from './application-keys.js';
import {
  applicationColumns,
  redirectUrlRows,
  secretColumns,
  toApplication,
  toSecret,
} from './application-rows.js';
import { writeTogether } from './application-batch.js';
import { applicationSecretWrites } from './application-secrets.js';
import { hasRoom } from './application-limit.js';
import { recordAudit } from './audit.js';
import { noteChange } from './change-log.js';
import { atRevision, NEXT_REVISION } from './revision.js';

export function applicationOperations(scope: Scope) {
  const single = writes(scope);
  const keys = applicationKeyOperations(scope);
  return {
    reads: { ...reads(scope), ...keys.reads },
    writes: {
      ...single,
      ...applicationSecretWrites(scope),
      ...keys.writes,
      writeTogether: (all: readonly ApplicationWrite[]) => writeTogether(all, single),
    },
  };
}

export function* redirectUrlsOf(db: QueryBuilder, clientId: ClientId): Operation<readonly string[]> {
  const rows = yield* all(
    db.selectFrom('redirect_urls').select('url').where('application_id', '=', clientId).orderBy('position'),
  );
  return rows.map((row) => row.url);
}

function reads({ db, environmentId }: Scope) {
  const applications = () =>
    db.selectFrom('applications').selectAll().where('environment_id', '=', environmentId);
  const secrets = (clientId: ClientId) =>
    db
      .selectFrom('application_secrets')
      .selectAll()
      .where('application_id', '=', clientId)
      .where('environment_id', '=', environmentId)
      .orderBy('id');
  function* find(clientId: ClientId): Operation<Application | undefined> {
    const row = yield* first(applications().where('id', '=', clientId));
    return row && toApplication(row, yield* redirectUrlsOf(db, clientId));
  }
  return {
    find,
    *findCredentials(clientId: ClientId): Operation<ApplicationCredentials | undefined> {
      const application = yield* find(clientId);
      if (application === undefined) return undefined;
      const keys = application.kind === 'machine' ? yield* liveKeysOf({ db, environmentId }, clientId) : [];
      return { application, secrets: (yield* all(secrets(clientId))).map(toSecret), keys };
    },
    *list(): Operation<readonly Application[]> {
      const rows = yield* all(applications().orderBy('name').orderBy('id'));
      const found: Application[] = [];
      for (const row of rows) found.push(toApplication(row, yield* redirectUrlsOf(db, row.id as ClientId)));
      return found;
    },
    *count(): Operation<number> {
      const row = yield* first(
        db
          .selectFrom('applications')
          .select(({ fn }) => fn.countAll<number | string>().as('count'))
          .where('environment_id', '=', environmentId),
      );
      return Number(row?.count ?? 0);
    },
    *listSecrets(clientId: ClientId): Operation<readonly ApplicationSecret[]> {
      return (yield* all(secrets(clientId))).map(toSecret);
    },
    *isSpaOrigin(origin: string): Operation<boolean> {
      const row = yield* first(
        db
          .selectFrom('redirect_urls')
          .innerJoin('applications', 'applications.id', 'redirect_urls.application_id')
          .select('applications.id')
          .where('redirect_urls.environment_id', '=', environmentId)
          .where('redirect_urls.origin', '=', origin)
          .where('applications.kind', '=', 'spa')
          .where('applications.enabled', '=', 1)
          .limit(1),
      );
      return row !== undefined;
    },
    *findLogo(clientId: ClientId): Operation<Logo | undefined> {
      const row = yield* first(
        db
          .selectFrom('application_logos')
          .select(['png', 'version'])
          .where('application_id', '=', clientId)
          .where('environment_id', '=', environmentId),
      );
      return row;
    },
  };
}

function writes(scope: Scope) {
  const { db, environmentId } = scope;
  function* writeRedirectUrls(application: Application): Operation<void> {
    yield* change(db.deleteFrom('redirect_urls').where('application_id', '=', application.clientId));
    if (application.redirectUrls.length === 0) return;
    yield* change(db.insertInto('redirect_urls').values(redirectUrlRows(application, environmentId)));
  }
  return {
    *register(
      application: Application,
      secret: ApplicationSecretDigest | undefined,
      detail = application.name,
    ): Operation<'registered' | 'limit-reached'> {
      const { clientId } = application;
      if (!(yield* hasRoom(scope))) return 'limit-reached';
      yield* change(
        db.insertInto('applications').values({
          id: clientId,
          environment_id: environmentId,
          created_at: application.createdAt,
          ...applicationColumns(application),
        }),
      );
      yield* writeRedirectUrls(application);
      if (secret !== undefined) {
        yield* change(
          db.insertInto('application_secrets').values(secretColumns(secret, clientId, environmentId)),
        );
      }
      yield* noteChange(scope, 'application', clientId);
      yield* recordAudit(scope, { type: 'application.registered', clientId, detail });
      return 'registered';
    },
    *update(
      application: Application,
      ifRevision?: Revision,
      { since, detail }: { readonly since?: number; readonly detail?: string | undefined } = {},
    ): Operation<boolean> {
      const { clientId } = application;
      const before = yield* first(
        db
          .selectFrom('applications')
          .select(['introspect_environment', 'admin_api'])
          .where('id', '=', clientId)
          .where('environment_id', '=', environmentId),
      );
      const changed = yield* change(
        db
          .updateTable('applications')
          .set({ ...applicationColumns(application), revision: NEXT_REVISION })
          .where('id', '=', clientId)
          .where('environment_id', '=', environmentId)
          .where(atRevision(ifRevision))
          .$if(since !== undefined, (query) => query.where('updated_at', '=', since ?? 0)),
      );
      if (before === undefined || changed === 0) return false;
      yield* writeRedirectUrls(application);
      yield* noteChange(scope, 'application', clientId);
      const told = [detail ?? '', powersChanged(before, application)]
        .filter((part) => part !== '')
        .join(', ');
      yield* recordAudit(scope, {
        ...{ type: 'application.updated', clientId },
        ...(told === '' ? {} : { detail: told }),
      });
      return true;
    },
    *delete(clientId: ClientId, ifRevision?: Revision): Operation<boolean> {
      const deleted = yield* change(
        db
          .deleteFrom('applications')
          .where('id', '=', clientId)
          .where('environment_id', '=', environmentId)
          .where(atRevision(ifRevision)),
      );
      if (deleted === 0) return false;
      for (const table of [
        'redirect_urls',
        'application_secrets',
        'application_keys',
        'application_logos',
        'consents',
        'grants',
      ] as const) {
        yield* change(db.deleteFrom(table).where('application_id', '=', clientId));
      }
      yield* noteChange(scope, 'application', clientId);
      yield* recordAudit(scope, { type: 'application.deleted', clientId });
      return true;
    },
    *setLogo(clientId: ClientId, logo: Logo | undefined): Operation<boolean> {
      const changed = yield* change(
        db
          .updateTable('applications')
          .set({ logo_version: logo?.version ?? null, revision: NEXT_REVISION })
          .where('id', '=', clientId)
          .where('environment_id', '=', environmentId),
      );
      if (changed === 0) return false;
      yield* change(db.deleteFrom('application_logos').where('application_id', '=', clientId));
      if (logo !== undefined) {
        const row = {
          application_id: clientId,
          environment_id: environmentId,
          version: logo.version,
          png: logo.png,
        };
        yield* change(db.insertInto('application_logos').values(row));
      }
      yield* noteChange(scope, 'application', clientId);
      yield* recordAudit(scope, { type: 'application.updated', clientId, detail: 'logo' });
      return true;
    },
  };
}

/** What an administrator let the application do beyond its own: told in words. */
function powersChanged(
  before: Pick<Selectable<Tables['applications']>, 'introspect_environment' | 'admin_api'>,
  { introspectEnvironment, adminApi }: Application,
): string {
  const told = (name: string, was: boolean, is: boolean): readonly string[] =>
    was === is ? [] : [`${name} ${is ? 'on' : 'off'}`];
  return [
    ...told('introspect-environment', before.introspect_environment === 1, introspectEnvironment),
    ...told('admin-api', before.admin_api === 1, adminApi),
  ].join(', ');
}
