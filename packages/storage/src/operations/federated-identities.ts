import type { FederatedIdentity, IdentityProviderId, NewUserRow, UserId } from '@fluxo/core';
import { all, change, first, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { recordAudit } from './audit.js';
import { endProviderSessions } from './provider-endings.js';
import { insertUser } from './users.js';

export function federatedIdentityOperations(scope: Scope) {
  return { reads: reads(scope), writes: writes(scope) };
}

function reads({ db, environmentId }: Scope) {
  const identities = () => db.selectFrom('federated_identities').where('environment_id', '=', environmentId);
  return {
    *findUser({ providerId, federationId }: FederatedIdentity): Operation<UserId | undefined> {
      const row = yield* first(
        identities()
          .select('user_id')
          .where('provider_id', '=', providerId)
          .where('federation_id', '=', federationId),
      );
      return row?.user_id as UserId | undefined;
    },
    *listOfUser(userId: UserId): Operation<readonly FederatedIdentity[]> {
      const rows = yield* all(
        identities()
          .select(['provider_id', 'federation_id'])
          .where('user_id', '=', userId)
          .orderBy('linked_at')
          .orderBy('provider_id'),
      );
      return rows.map((row) => ({
        providerId: row.provider_id as IdentityProviderId,
        federationId: row.federation_id,
      }));
    },
  };
}

function writes(scope: Scope) {
  return {
    link: (identity: FederatedIdentity, userId: UserId, at: number) => link(scope, identity, { userId, at }),
    *unlink(providerId: IdentityProviderId, userId: UserId, at: number): Operation<boolean> {
      if (!(yield* removeLink(scope, providerId, userId))) return false;
      yield* endProviderSessions(scope, { providerId, userId }, at);
      yield* recordAudit(scope, { type: 'user.unlinked', userId, at, detail: providerId });
      return true;
    },
    *provision(
      user: NewUserRow,
      identity: FederatedIdentity,
    ): Operation<'created' | 'username-taken' | 'identity-taken'> {
      if (!(yield* isProvider(scope, identity.providerId))) return 'identity-taken';
      // First the link: of two tabs at once the second one waits here, and then makes no user.
      if ((yield* insertLink(scope, identity, { userId: user.id, at: user.createdAt })) === 0)
        return 'identity-taken';
      if ((yield* insertUser(scope, user)) === 0) {
        yield* removeLink(scope, identity.providerId, user.id);
        return 'username-taken';
      }
      yield* recordAudit(scope, { type: 'user.created', userId: user.id, detail: identity.providerId });
      return 'created';
    },
  };
}

/** The keys of the table are the rule: one person for each identity, one identity at each provider for a person. */
function* link(
  scope: Scope,
  identity: FederatedIdentity,
  { userId, at }: { readonly userId: UserId; readonly at: number },
): Operation<'linked' | 'taken' | 'gone'> {
  const { db, environmentId } = scope;
  const { providerId, federationId } = identity;
  const user = yield* first(
    db.selectFrom('users').select('id').where('id', '=', userId).where('environment_id', '=', environmentId),
  );
  if (user === undefined || !(yield* isProvider(scope, providerId))) return 'gone';
  const owner = yield* first(
    db
      .selectFrom('federated_identities')
      .select('user_id')
      .where('environment_id', '=', environmentId)
      .where('provider_id', '=', providerId)
      .where('federation_id', '=', federationId),
  );
  if (owner !== undefined) return owner.user_id === userId ? 'linked' : 'taken';
  if (yield* removeLink(scope, providerId, userId)) {
    yield* endProviderSessions(scope, { providerId, userId }, at);
  }
  if ((yield* insertLink(scope, identity, { userId, at })) === 0) return 'taken';
  yield* recordAudit(scope, { type: 'user.linked', userId, at, detail: providerId });
  return 'linked';
}

function* isProvider({ db, environmentId }: Scope, id: IdentityProviderId): Operation<boolean> {
  const found = yield* first(
    db
      .selectFrom('identity_providers')
      .select('id')
      .where('id', '=', id)
      .where('environment_id', '=', environmentId),
  );
  return found !== undefined;
}

function insertLink(
  { db, environmentId }: Scope,
  { providerId, federationId }: FederatedIdentity,
  { userId, at }: { readonly userId: UserId; readonly at: number },
): Operation<number> {
  return change(
    db
      .insertInto('federated_identities')
      .values({
        environment_id: environmentId,
        provider_id: providerId,
        federation_id: federationId,
        user_id: userId,
        linked_at: at,
      })
      .onConflict((conflict) => conflict.doNothing()),
  );
}

function* removeLink(
  { db, environmentId }: Scope,
  providerId: IdentityProviderId,
  userId: UserId,
): Operation<boolean> {
  const removed = yield* change(
    db
      .deleteFrom('federated_identities')
      .where('environment_id', '=', environmentId)
      .where('provider_id', '=', providerId)
      .where('user_id', '=', userId),
  );
  return removed > 0;
}
