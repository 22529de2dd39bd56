import type {
  IdentityProvider,
  IdentityProviderId,
  IdentityProviderRow,
  ProviderDeletionOutcome,
  ProviderSettings,
  ProviderTestResult,
  ProviderUpdateOutcome,
  Revision,
  SealedSecret,
} from '@fluxo/core';
import type { Selectable } from 'kysely';
import { all, change, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';
import { recordAudit } from './audit.js';
import { noteChange } from './change-log.js';
import { endWhatProviderOpened } from './provider-endings.js';
import { atRevision, NEXT_REVISION } from './revision.js';
import { isLastWayIn } from './way-in.js';

export function identityProviderOperations(scope: Scope) {
  return { reads: reads(scope), writes: writes(scope) };
}

export function toIdentityProvider(row: Selectable<Tables['identity_providers']>): IdentityProvider {
  return {
    id: row.id as IdentityProviderId,
    name: row.name,
    enabled: row.enabled === 1,
    // Written by us alone, checked before it was.
    settings: JSON.parse(row.settings) as ProviderSettings,
    emailDomains: row.email_domains === '' ? [] : row.email_domains.split(' '),
    attributes: {
      firstName: row.first_name_attribute,
      lastName: row.last_name_attribute,
      email: row.email_attribute,
      federationId: row.federation_id_attribute,
    },
    autoProvision: row.auto_provision === 1,
    updateNames: row.update_names === 1,
    hasSecret: row.sealed_secret !== null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastUsedAt: row.last_used_at,
  };
}

function columnsOf({ attributes, settings, ...provider }: IdentityProviderRow) {
  return {
    kind: settings.kind,
    name: provider.name,
    enabled: provider.enabled ? (1 as const) : (0 as const),
    settings: JSON.stringify(settings),
    email_domains: provider.emailDomains.join(' '),
    first_name_attribute: attributes.firstName,
    last_name_attribute: attributes.lastName,
    email_attribute: attributes.email,
    federation_id_attribute: attributes.federationId,
    auto_provision: provider.autoProvision ? (1 as const) : (0 as const),
    update_names: provider.updateNames ? (1 as const) : (0 as const),
    updated_at: provider.updatedAt,
  };
}

function secretColumns(secret: SealedSecret | null) {
  return { sealed_secret: secret?.bytes ?? null, secret_key_id: secret?.keyId ?? null };
}

function reads({ db, environmentId }: Scope) {
  const providers = () =>
    db.selectFrom('identity_providers').selectAll().where('environment_id', '=', environmentId);
  return {
    *list(): Operation<readonly IdentityProvider[]> {
      return (yield* all(providers().orderBy('created_at').orderBy('id'))).map(toIdentityProvider);
    },
    *find(id: IdentityProviderId): Operation<IdentityProvider | undefined> {
      const row = yield* first(providers().where('id', '=', id));
      return row && toIdentityProvider(row);
    },
    *lastTest(id: IdentityProviderId): Operation<ProviderTestResult | undefined> {
      const row = yield* first(providers().where('id', '=', id));
      // Written by us alone.
      return row?.last_test ? (JSON.parse(row.last_test) as ProviderTestResult) : undefined;
    },
    *findSecret(id: IdentityProviderId): Operation<SealedSecret | undefined> {
      const row = yield* first(providers().where('id', '=', id));
      if (row === undefined || row.sealed_secret === null || row.secret_key_id === null) return undefined;
      return { keyId: row.secret_key_id, bytes: row.sealed_secret };
    },
  };
}

function writes(scope: Scope) {
  const { db, environmentId } = scope;
  const update = (id: IdentityProviderId) =>
    db.updateTable('identity_providers').where('id', '=', id).where('environment_id', '=', environmentId);
  const note = () => noteChange(scope, 'environment', environmentId);
  return {
    *create(provider: IdentityProviderRow, secret: SealedSecret | undefined): Operation<void> {
      yield* change(
        db.insertInto('identity_providers').values({
          ...columnsOf(provider),
          ...secretColumns(secret ?? null),
          id: provider.id,
          environment_id: environmentId,
          created_at: provider.createdAt,
          last_used_at: null,
          last_test: null,
        }),
      );
      yield* note();
      yield* recordAudit(scope, { type: 'identity-provider.created', detail: provider.id });
    },
    *update(
      provider: IdentityProviderRow,
      secret: SealedSecret | null | undefined,
      ifRevision?: Revision,
    ): Operation<ProviderUpdateOutcome> {
      if (!provider.enabled && (yield* isLastWayIn(scope, provider.id, ifRevision))) return 'last-way-in';
      const columns = {
        revision: NEXT_REVISION,
        ...columnsOf(provider),
        ...(secret === undefined ? {} : secretColumns(secret)),
      };
      const changed = yield* change(update(provider.id).set(columns).where(atRevision(ifRevision)));
      if (changed === 0) return 'stale';
      if (!provider.enabled) yield* endWhatProviderOpened(scope, provider.id, provider.updatedAt);
      yield* note();
      yield* recordAudit(scope, {
        type: 'identity-provider.updated',
        detail: `${provider.id}${provider.enabled ? '' : ' disabled'}`,
      });
      return 'updated';
    },
    *delete(id: IdentityProviderId, at: number, ifRevision?: Revision): Operation<ProviderDeletionOutcome> {
      if (yield* isLastWayIn(scope, id, ifRevision)) return 'last-way-in';
      const deleted = yield* change(
        db
          .deleteFrom('identity_providers')
          .where('id', '=', id)
          .where('environment_id', '=', environmentId)
          .where(atRevision(ifRevision)),
      );
      if (deleted === 0) return 'stale';
      yield* endWhatProviderOpened(scope, id, at);
      yield* change(
        db
          .deleteFrom('federated_identities')
          .where('provider_id', '=', id)
          .where('environment_id', '=', environmentId),
      );
      yield* note();
      yield* recordAudit(scope, { type: 'identity-provider.deleted', at, detail: id });
      return 'deleted';
    },
    *noteTest(id: IdentityProviderId, test: ProviderTestResult): Operation<void> {
      yield* change(update(id).set({ last_test: JSON.stringify(test) }));
    },
    *resealSecret(id: IdentityProviderId, expected: SealedSecret, next: SealedSecret): Operation<boolean> {
      const resealed = update(id).set(secretColumns(next)).where('sealed_secret', '=', expected.bytes);
      return (yield* change(resealed)) === 1;
    },
  };
}
