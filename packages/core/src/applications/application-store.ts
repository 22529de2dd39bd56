import type { ClientId, SecretId } from '../ids.js';
import type { Revision } from '../overview/overview-store.js';
import type {
  Application,
  ApplicationCredentials,
  ApplicationSecret,
  ApplicationSecretDigest,
} from './application.js';

/** Bound to one environment: an application of another one is as if it did not exist. */
export interface ApplicationStore {
  find(clientId: ClientId): Promise<Application | undefined>;
  findCredentials(clientId: ClientId): Promise<ApplicationCredentials | undefined>;
  list(): Promise<readonly Application[]>;
  /** The application and its first secret, in one transaction with the audit row. */
  register(application: Application, secret: ApplicationSecretDigest | undefined): Promise<void>;
  /** @param ifRevision only while it is this one. False: there is no such application, or it is at another. */
  update(application: Application, ifRevision?: Revision): Promise<boolean>;
  /** Ends every grant under it at once; the identifier is never given out again. */
  delete(clientId: ClientId, ifRevision?: Revision): Promise<boolean>;
  listSecrets(clientId: ClientId): Promise<readonly ApplicationSecret[]>;
  addSecret(clientId: ClientId, secret: ApplicationSecretDigest): Promise<boolean>;
  /** Keeps the last characters as a tombstone; the digest goes. */
  deleteSecret(clientId: ClientId, secretId: SecretId, at: number): Promise<boolean>;
  /** Whether some enabled `spa` application has a redirect URL on this origin: who may call across origins. */
  isSpaOrigin(origin: string): Promise<boolean>;
  setLogo(clientId: ClientId, logo: Logo | undefined): Promise<boolean>;
  findLogo(clientId: ClientId): Promise<Logo | undefined>;
}

/** An image that the server encoded itself: what an administrator uploaded is never served as it came. */
export interface Logo {
  readonly png: Uint8Array;
  readonly version: string;
}
