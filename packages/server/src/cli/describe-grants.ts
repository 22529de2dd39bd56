import { grantExpiresAt, type Application, type GrantSummary, type User } from '@fluxo/core';
import { isoTime, type Row } from './output.js';
import type { Tenant } from './tool.js';

/** With the names of user and application: nobody knows identifiers by heart. */
export async function describeGrants(
  grants: readonly GrantSummary[],
  { storage, now }: Tenant,
): Promise<readonly Row[]> {
  const users = await findEach(
    grants,
    (grant) => grant.userId,
    (id) => storage.users.find(id),
  );
  const applications = await findEach(
    grants,
    (grant) => grant.clientId,
    (id) => storage.applications.find(id),
  );
  return grants.map((grant) => {
    const parties = { user: users.get(grant.userId), application: applications.get(grant.clientId) };
    return grantView(grant, parties, now);
  });
}

async function findEach<Id, Found>(
  grants: readonly GrantSummary[],
  idOf: (grant: GrantSummary) => Id,
  find: (id: Id) => Promise<Found>,
): Promise<ReadonlyMap<Id, Found>> {
  const ids = [...new Set(grants.map(idOf))];
  return new Map(await Promise.all(ids.map(async (id) => [id, await find(id)] as const)));
}

interface Parties {
  readonly user: User | undefined;
  readonly application: Application | undefined;
}

function grantView(grant: GrantSummary, { user, application }: Parties, now: number): Row {
  const expiresAt =
    user === undefined || application === undefined
      ? (grant.expiresAt ?? Infinity)
      : grantExpiresAt(grant, application.refreshPolicy, user.lastActiveAt);
  return {
    grant_id: grant.id,
    state: stateOf(grant, expiresAt, now),
    wid: grant.userId,
    username: user?.username ?? null,
    client_id: grant.clientId,
    application: application?.name ?? null,
    authorized_at: isoTime(grant.authorizedAt),
    redeemed_at: isoTime(grant.redeemedAt),
    last_used_at: isoTime(grant.lastUsedAt),
    expires_at: isoTime(Number.isFinite(expiresAt) ? expiresAt : null),
    revoked_at: isoTime(grant.revokedAt),
    revoked_reason: grant.revokedReason,
  };
}

function stateOf(grant: GrantSummary, expiresAt: number, now: number): string {
  if (grant.revokedAt !== null) return 'revoked';
  if (!grant.stands) return 'blocked';
  if (expiresAt <= now) return 'expired';
  return grant.redeemedAt === null ? 'authorized' : 'active';
}
