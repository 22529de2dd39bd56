import { newOpaqueId, type Essentials } from '../essentials.js';
import type { EnvironmentId, UserId } from '../ids.js';
import type { UserStore } from '../users/user-store.js';
import { usernameKey, type User } from '../users/user.js';
import type { FederatedIdentityStore } from './federated-identity-store.js';
import type { IdentityProvider } from './identity-provider.js';
import { mapNewUser, mapPerson, type MappedPerson, type PersonRefusal } from './map-person.js';
import type { ProvenIdentity } from './provider-adapter.js';

export interface PersonContext {
  readonly environmentId: EnvironmentId;
  readonly essentials: Essentials;
  readonly users: UserStore;
  readonly federatedIdentities: FederatedIdentityStore;
}

export type FoundPerson =
  | { readonly kind: 'found'; readonly userId: UserId; readonly federationId: string }
  | { readonly kind: 'refused'; readonly reason: PersonRefusal; readonly detail: string };

/** The user who is this person at this provider; made on the first visit where the provider's rule says so. */
export async function findPerson(
  identity: ProvenIdentity,
  provider: IdentityProvider,
  context: PersonContext,
): Promise<FoundPerson> {
  const person = mapPerson(identity, provider);
  if (typeof person === 'string') return refused(person);
  const { federationId } = person;
  const known = await context.federatedIdentities.findUser({ providerId: provider.id, federationId });
  if (known === undefined) return provision(person, provider, context);
  const user = await context.users.find(known);
  if (user === undefined) return refused('not-linked', federationId);
  if (user.disabledAt !== null) return refused('user-disabled', federationId);
  await bringNameUpToDate(user, person, { provider, context });
  return { kind: 'found', userId: user.id, federationId };
}

async function provision(
  person: MappedPerson,
  provider: IdentityProvider,
  context: PersonContext,
): Promise<FoundPerson> {
  const { federationId } = person;
  const input = mapNewUser(person, provider);
  if (typeof input === 'string') return refused(input, federationId);
  const now = context.essentials.clock.now(context.environmentId);
  const user: User = {
    ...input,
    email: null,
    id: newOpaqueId<UserId>(context.essentials.random),
    administrator: false,
    // There is no password, and nothing that sends mail may make one.
    onlySingleSignOn: true,
    disabledAt: null,
    createdAt: now,
    lastActiveAt: now,
  };
  const row = { ...user, usernameKey: usernameKey(user.username), passwordHash: undefined };
  const link = { providerId: provider.id, federationId };
  const outcome = await context.federatedIdentities.provision(row, link);
  if (outcome === 'username-taken') return refused('username-taken', federationId);
  if (outcome === 'created') return { kind: 'found', userId: user.id, federationId };
  // In another tab, at the same moment.
  const userId = await context.federatedIdentities.findUser(link);
  return userId === undefined ? refused('not-linked', federationId) : { kind: 'found', userId, federationId };
}

async function bringNameUpToDate(
  user: User,
  { name }: MappedPerson,
  { provider, context }: { readonly provider: IdentityProvider; readonly context: PersonContext },
): Promise<void> {
  if (!provider.updateNames || name === undefined || name === user.name) return;
  await context.users.update(user.id, { name }, context.essentials.clock.now(context.environmentId));
}

/** What would happen to this person, for the administrator who tries the provider. */
export interface PersonReport {
  readonly federationId: string | undefined;
  readonly email: string | undefined;
  readonly name: string | undefined;
  /** Whom they would be signed in as: a user that is there, or one that would be made. */
  readonly username: string | undefined;
  readonly isNew: boolean;
  readonly refusal: PersonRefusal | undefined;
}

/** As `findPerson`, but nothing is changed. */
export async function reportPerson(
  identity: ProvenIdentity,
  provider: IdentityProvider,
  { users, federatedIdentities }: PersonContext,
): Promise<PersonReport> {
  const nobody = { federationId: undefined, email: undefined, name: undefined };
  const person = mapPerson(identity, provider);
  if (typeof person === 'string') {
    return { ...nobody, username: undefined, isNew: false, refusal: person };
  }
  const { federationId, email, name } = person;
  const said = { federationId, email, name };
  const known = await federatedIdentities.findUser({ providerId: provider.id, federationId });
  if (known !== undefined) {
    const user = await users.find(known);
    const refusal = user?.disabledAt === null ? undefined : 'user-disabled';
    return { ...said, username: user?.username, isNew: false, refusal };
  }
  const input = mapNewUser(person, provider);
  if (typeof input === 'string') return { ...said, username: undefined, isNew: false, refusal: input };
  const taken = (await users.findByUsername(usernameKey(input.username))) !== undefined;
  const { username } = input;
  return { ...said, username, isNew: !taken, refusal: taken ? 'username-taken' : undefined };
}

function refused(reason: PersonRefusal, federationId?: string): FoundPerson {
  const detail = federationId === undefined ? reason : `${reason}: ${JSON.stringify(federationId)}`;
  return { kind: 'refused', reason, detail };
}
