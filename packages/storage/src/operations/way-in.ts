import type { IdentityProviderId, Revision } from '@fluxo/core';
import { all, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { lockEnvironment } from './lock-environment.js';

/**
 * Whether nobody could sign in if single sign-on were required from now on. Waits for whoever closes a way in at the
 * same time. What is required already stays so, and a change of another revision is none.
 */
export function* lacksWayIn(scope: Scope, ifRevision: Revision | undefined): Operation<boolean> {
  const environment = yield* lockEnvironment(scope);
  if (environment === undefined || environment.single_sign_on === 'required') return false;
  if (ifRevision !== undefined && environment.revision !== ifRevision) return false;
  return (yield* enabledProviders(scope)).length === 0;
}

/**
 * Whether single sign-on is required, and this provider is the only one that is enabled. Waits for whoever requires it,
 * or closes another way in, at the same time.
 */
export function* isLastWayIn(
  scope: Scope,
  id: IdentityProviderId,
  ifRevision: Revision | undefined,
): Operation<boolean> {
  const environment = yield* lockEnvironment(scope);
  if (environment?.single_sign_on !== 'required') return false;
  const [only, ...others] = yield* enabledProviders(scope);
  if (only === undefined || others.length > 0 || only.id !== id) return false;
  return ifRevision === undefined || only.revision === ifRevision;
}

function enabledProviders({ db, environmentId }: Scope) {
  return all(
    db
      .selectFrom('identity_providers')
      .select(['id', 'revision'])
      .where('environment_id', '=', environmentId)
      .where('enabled', '=', 1),
  );
}
