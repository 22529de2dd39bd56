import type { ApplicationKeyId, ClientId, SecretId } from '../ids.js';
import type { Revision } from '../overview/overview-store.js';
import type {
  Application,
  ApplicationCredentials,
  ApplicationSecret,
  ApplicationSecretDigest,
} from './application.js';
import type { ApplicationKey } from './application-key.js';

/** Bound to one environment: an application of another one is as if it did not exist. */
export interface ApplicationStore {
  find(clientId: ClientId): Promise<Application | undefined>;
  findCredentials(clientId: ClientId): Promise<ApplicationCredentials | undefined>;
  list(): Promise<readonly Application[]>;
  count(): Promise<number>;
  /**
   * The application and its first secret, in one transaction with the audit row. Of many at once no more are
   * registered than the environment’s limit leaves room for.
   */
  register(
    application: Application,
    secret: ApplicationSecretDigest | undefined,
  ): Promise<'registered' | 'limit-reached'>;
  /** @param ifRevision only while it is this one. False: there is no such application, or it is at another. */
  update(application: Application, ifRevision?: Revision): Promise<boolean>;
  /**
   * All of it or, where an application is another one by now than the change began from, or the limit leaves no room,
   * nothing: one transaction. @throws InputError that says so
   */
  writeTogether(writes: readonly ApplicationWrite[]): Promise<void>;
  /** Ends every grant under it at once; the identifier is never given out again. */
  delete(clientId: ClientId, ifRevision?: Revision): Promise<boolean>;
  listSecrets(clientId: ClientId): Promise<readonly ApplicationSecret[]>;
  /** Of many at once no more are added than the limit of live ones leaves room for. `gone`: no such application. */
  addSecret(
    clientId: ClientId,
    secret: ApplicationSecretDigest,
    maxLive: number,
  ): Promise<'added' | 'limit-reached' | 'gone'>;
  /** Keeps the last characters as a tombstone; the digest goes. */
  deleteSecret(clientId: ClientId, secretId: SecretId, at: number): Promise<boolean>;
  /** Also those that were deleted, oldest first. */
  listKeys(clientId: ClientId): Promise<readonly ApplicationKey[]>;
  /**
   * The key and its user's consent, in one transaction: whoever registers a key lets the application act for them.
   * `known`: a live key of the application is this very one. `gone`: no such `machine` application or enabled user.
   * Of many at once no more are added than the limit of live ones leaves room for.
   */
  addKey(
    clientId: ClientId,
    key: ApplicationKey,
    maxLive: number,
  ): Promise<'added' | 'known' | 'limit-reached' | 'gone'>;
  /** Ends every session that was obtained with it, at once and for good. */
  deleteKey(clientId: ClientId, keyId: ApplicationKeyId, at: number): Promise<boolean>;
  /** Whether some enabled `spa` application has a redirect URL on this origin: who may call across origins. */
  isSpaOrigin(origin: string): Promise<boolean>;
  setLogo(clientId: ClientId, logo: Logo | undefined): Promise<boolean>;
  findLogo(clientId: ClientId): Promise<Logo | undefined>;
}

/** One of several changes that are made together. */
export type ApplicationWrite = { readonly application: Application; readonly detail?: string } & (
  | {
      readonly kind: 'register';
      readonly secret: ApplicationSecretDigest | undefined;
      readonly logo: Logo | undefined;
    }
  | {
      readonly kind: 'update';
      /** `updatedAt` of the application that the change began from. */
      readonly since: number;
      /** Left out: the logo stays; undefined: it goes. */
      readonly logo?: Logo | undefined;
    }
);

/** An image that the server encoded itself: what an administrator uploaded is never served as it came. */
export interface Logo {
  readonly png: Uint8Array;
  readonly version: string;
}
