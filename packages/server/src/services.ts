import type {
  Acting,
  EnvironmentId,
  EnvironmentStorage,
  Essentials,
  JwtVerifier,
  OneTimeCodes,
  PasswordHasher,
  ProviderAdapters,
  Refusals,
  Storage,
  Usage,
} from '@fluxo/core';
import type { ProjectStore } from '@fluxo/objects';
import type { MailQueue } from './adapters/mail/mail-queue.js';
import type { HostDirectory } from './hosts/host-directory.js';

export type ServerEnvironmentStorage = EnvironmentStorage & { readonly projects: ProjectStore };

export interface ServerStorage extends Storage {
  forEnvironment(id: EnvironmentId, acting?: Acting): ServerEnvironmentStorage;
}

/** What the surfaces work with; compose.ts puts it together. */
export interface Services {
  readonly storage: ServerStorage;
  readonly essentials: Essentials;
  readonly passwordHasher: PasswordHasher;
  readonly providerAdapters: ProviderAdapters;
  readonly oneTimeCodes: OneTimeCodes;
  readonly jwtVerifier: JwtVerifier;
  readonly mails: MailQueue;
  readonly usage: Usage;
  /** What was refused, on its way to the activity log. */
  readonly refusals: Refusals;
  readonly hosts: HostDirectory;
  /** Whether pages travel over TLS: then cookies carry `__Host-` and `Secure`. */
  readonly secure: boolean;
  /** True from the first sign of shutting down. */
  readonly isStopping: () => boolean;
}
