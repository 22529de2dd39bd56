import type { ApplicationSecretDigest, ClientId, SecretId } from '@fluxo/core';
import { all, change, first, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { secretColumns } from './application-rows.js';
import { recordAudit } from './audit.js';
import { noteChange } from './change-log.js';
import { lockApplication } from './lock-application.js';

export function applicationSecretWrites(scope: Scope) {
  const { db, environmentId } = scope;
  return {
    *addSecret(
      clientId: ClientId,
      secret: ApplicationSecretDigest,
      maxLive: number,
    ): Operation<'added' | 'limit-reached' | 'gone'> {
      if ((yield* lockApplication(scope, clientId)) === undefined) return 'gone';
      const live = db
        .selectFrom('application_secrets')
        .select('id')
        .where('application_id', '=', clientId)
        .where('environment_id', '=', environmentId)
        .where('deleted_at', 'is', null);
      if ((yield* all(live)).length >= maxLive) return 'limit-reached';
      yield* change(
        db.insertInto('application_secrets').values(secretColumns(secret, clientId, environmentId)),
      );
      yield* noteChange(scope, 'application', clientId);
      yield* recordAudit(scope, {
        type: 'application.secret-added',
        clientId,
        detail: secret.lastCharacters,
      });
      return 'added';
    },
    *deleteSecret(clientId: ClientId, secretId: SecretId, at: number): Operation<boolean> {
      const row = yield* first(
        db
          .updateTable('application_secrets')
          .set({ digest: null, deleted_at: at })
          .where('id', '=', secretId)
          .where('application_id', '=', clientId)
          .where('environment_id', '=', environmentId)
          .where('deleted_at', 'is', null)
          .returning('last_characters'),
      );
      if (row === undefined) return false;
      yield* noteChange(scope, 'application', clientId);
      yield* recordAudit(scope, {
        type: 'application.secret-deleted',
        clientId,
        detail: row.last_characters,
      });
      return true;
    },
  };
}
