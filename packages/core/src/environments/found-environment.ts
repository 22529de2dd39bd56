import type { Logo } from '../applications/application-store.js';
import { ConflictError } from '../errors/refusals.js';
import { newOpaqueId, type Essentials } from '../essentials.js';
import type { EnvironmentId } from '../ids.js';
import { mintPasswordLink } from '../password-links/issue-password-link.js';
import { checkText } from '../text.js';
import { newUser } from '../users/manage-users.js';
import { usernameKey, type User } from '../users/user.js';
import {
  DEFAULT_ENVIRONMENT_SETTINGS,
  type Environment,
  type EnvironmentName,
  type EnvironmentSettings,
} from './environment.js';
import type { EnvironmentStore } from './environment-store.js';

export interface Founder {
  readonly username: string;
  readonly name: string;
  readonly email?: string | null;
}

export interface NewFoundedEnvironment extends EnvironmentName {
  readonly name: string;
  readonly administrator: Founder;
  /** Left out: as every new environment has them. */
  readonly settings?: EnvironmentSettings;
  readonly logo?: Logo;
}

export interface FoundedEnvironment {
  readonly environment: Environment;
  readonly administrator: User;
  /** Of the link by which the administrator chooses a password: `<origin>/new-password?link=<token>`. Shown once. */
  readonly token: string;
}

/**
 * An environment with its first administrator, who has no password yet, in one transaction: it is never there with
 * nobody who could get in. @throws InputError when the name is taken or a value can't be taken
 */
export async function createEnvironmentWithAdministrator(
  input: NewFoundedEnvironment,
  store: EnvironmentStore,
  essentials: Pick<Essentials, 'clock' | 'random'>,
): Promise<FoundedEnvironment> {
  const { domain, lane, logo } = input;
  const { clock, random } = essentials;
  const environment: Environment = {
    id: newOpaqueId<EnvironmentId>(random),
    ...{ domain, lane },
    name: checkText('name', input.name, { max: 100 }),
    settings: input.settings ?? DEFAULT_ENVIRONMENT_SETTINGS,
    logoVersion: logo?.version ?? null,
    createdAt: clock.real(),
  };
  const now = clock.now(environment.id);
  const administrator = newUser({ ...input.administrator, administrator: true }, { random, now });
  const { link, token } = mintPasswordLink(administrator, 'invitation', { random, now });
  const row = { ...administrator, usernameKey: usernameKey(administrator.username), passwordHash: undefined };
  if ((await store.create(environment, { administrator: row, link, logo })) === 'name-taken') {
    throw new ConflictError('environment', `${domain}.${lane} exists already.`);
  }
  return { environment, administrator, token };
}
