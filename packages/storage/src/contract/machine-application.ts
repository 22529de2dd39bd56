import {
  newOrderedId,
  type Application,
  type ApplicationKey,
  type ApplicationKeyId,
  type GrantId,
  type KeyAuthorization,
  type SessionId,
  type User,
} from '@fluxo/core';
import { HOUR_MS, someDigest } from './contract-values.js';
import type { Tenant } from './tenant.js';

export interface MachineApplication {
  readonly application: Application;
  readonly key: ApplicationKey;
}

export function keyRow(tenant: Tenant, user: User, overrides: Partial<ApplicationKey> = {}): ApplicationKey {
  return {
    id: newOrderedId<ApplicationKeyId>(tenant.house.essentials),
    registeredBy: user.id,
    algorithm: 'ES256',
    spki: someDigest(),
    fingerprint: someDigest().toString('hex'),
    note: null,
    createdAt: tenant.now,
    lastUsedAt: null,
    deletedAt: null,
    ...overrides,
  };
}

/** A machine application with a key of this user's. */
export async function machineOf(tenant: Tenant, user: User): Promise<MachineApplication> {
  const refreshPolicy = { rotation: false, absoluteDays: null, inactivityDays: null };
  const application = await tenant.application({ kind: 'machine', redirectUrls: [], refreshPolicy });
  const key = keyRow(tenant, user);
  const outcome = await tenant.storage.applications.addKey(application.clientId, key, 10);
  if (outcome !== 'added') throw new Error(`The key was not added: ${outcome}.`);
  return { application, key };
}

/** What comes of a good JWT. */
export function keyAuthorization(
  tenant: Tenant,
  { application, key }: MachineApplication,
  overrides: Partial<KeyAuthorization> = {},
): KeyAuthorization {
  const { essentials } = tenant.house;
  return {
    grantId: newOrderedId<GrantId>(essentials),
    clientId: application.clientId,
    keyId: key.id,
    userId: key.registeredBy,
    once: undefined,
    session: { id: newOrderedId<SessionId>(essentials), digest: someDigest(), idleTimeoutMs: HOUR_MS },
    expiresAt: tenant.now + 24 * HOUR_MS,
    now: tenant.now,
    ...overrides,
  };
}
