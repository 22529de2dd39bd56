import { InputError } from '../errors/oauth-error.js';
import { ConflictError } from '../errors/refusals.js';
import { newOpaqueId, type Essentials, type Random } from '../essentials.js';
import type { EnvironmentId, UserId } from '../ids.js';
import { checkText } from '../text.js';
import { MAX_PASSWORD_BYTES, type PasswordHasher } from '../sign-in/password-hasher.js';
import { isEmailAddress, usernameKey, type User } from './user.js';
import type { UserChange, UserStore } from './user-store.js';

export interface UserAdministration {
  readonly environmentId: EnvironmentId;
  readonly store: UserStore;
  readonly essentials: Essentials;
  readonly passwordHasher: PasswordHasher;
}

export interface NewUser {
  readonly username: string;
  readonly name: string;
  readonly email?: string | null;
  /** Undefined for who is invited and chooses one, and for who signs in at an identity provider only. */
  readonly password: string | undefined;
  readonly administrator: boolean;
  readonly onlySingleSignOn?: boolean;
}

const MIN_PASSWORD_CHARACTERS = 8;

/** @throws InputError when the username is taken or a value can't be taken */
export async function createUser(input: NewUser, administration: UserAdministration): Promise<User> {
  const { essentials, environmentId, store } = administration;
  const user = newUser(input, { random: essentials.random, now: essentials.clock.now(environmentId) });
  const passwordHash =
    input.password === undefined
      ? undefined
      : await administration.passwordHasher.hash(checkPassword(input.password));
  const outcome = await store.create({ ...user, usernameKey: usernameKey(user.username), passwordHash });
  if (outcome === 'username-taken') {
    throw new ConflictError('username', `"${user.username}" exists already in this environment.`);
  }
  return user;
}

/** A checked user that nobody has stored yet. @throws InputError when a value can't be taken */
export function newUser(
  input: Omit<NewUser, 'password'>,
  { random, now }: { readonly random: Random; readonly now: number },
): User {
  return {
    id: newOpaqueId<UserId>(random),
    username: checkText('username', input.username, { max: 256 }),
    name: checkText('name', input.name, { max: 100 }),
    email: checkEmail(input.email ?? null),
    administrator: input.administrator,
    onlySingleSignOn: input.onlySingleSignOn ?? false,
    disabledAt: null,
    createdAt: now,
    lastActiveAt: now,
  };
}

export interface UserUpdate {
  readonly name?: string;
  readonly email?: string | null;
  readonly administrator?: boolean;
  readonly onlySingleSignOn?: boolean;
  readonly password?: string;
  readonly enabled?: boolean;
}

/** What is to be written. @throws InputError when a value can't be taken */
export async function toUserChange(
  { password, name, email, ...rest }: UserUpdate,
  { passwordHasher }: Pick<UserAdministration, 'passwordHasher'>,
): Promise<UserChange> {
  return {
    ...rest,
    ...(name === undefined ? {} : { name: checkText('name', name, { max: 100 }) }),
    ...(email === undefined ? {} : { email: checkEmail(email) }),
    ...(password === undefined ? {} : { passwordHash: await passwordHasher.hash(checkPassword(password)) }),
  };
}

/** What can be written to, without saying whether anybody reads there. @throws InputError */
function checkEmail(email: string | null): string | null {
  if (email === null || isEmailAddress(email)) return email;
  throw new InputError('email', `"${email}" is not an e-mail address.`);
}

/** Length is what makes a password strong (NIST SP 800-63B §3.1.1); no composition rules. @throws InputError */
export function checkPassword(password: string): string {
  if (Array.from(password).length < MIN_PASSWORD_CHARACTERS) {
    throw new InputError(
      'password',
      `The password must have at least ${MIN_PASSWORD_CHARACTERS} characters.`,
    );
  }
  if (Buffer.byteLength(password) > MAX_PASSWORD_BYTES) {
    throw new InputError('password', `The password must have at most ${MAX_PASSWORD_BYTES} bytes.`);
  }
  return password;
}
