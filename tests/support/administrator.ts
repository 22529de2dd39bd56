import {
  addApplicationSecret,
  changeApplication,
  changeEnvironment,
  changeUser,
  deleteApplication,
  deleteApplicationKey,
  deleteUser,
  registerApplicationKey,
  type Application,
  type ApplicationAdministration,
  type ApplicationChanging,
  type ApplicationInput,
  type ApplicationKey,
  type ApplicationKeyId,
  type AuditEvent,
  type EnvironmentSettings,
  type Environment,
  type SecretId,
  type User,
  type UserChanging,
  type UserUpdate,
} from '@fluxo/core';
import type { TestApplication, TestTenant } from './tenant.js';

/** What an administrator changes while the server runs: the same functions that the command line calls. */
export class Administrator {
  readonly #tenant: TestTenant;

  constructor(tenant: TestTenant) {
    this.#tenant = tenant;
  }

  changeApplication(
    { application }: TestApplication,
    change: Partial<Omit<ApplicationInput, 'kind'>>,
  ): Promise<Application> {
    return changeApplication(application.clientId, change, this.#changingApplications());
  }

  deleteApplication({ application }: TestApplication): Promise<void> {
    return deleteApplication(application.clientId, this.#changingApplications());
  }

  /** The application with another of its secrets. */
  async addSecret(
    app: TestApplication,
    note: string | null = null,
  ): Promise<TestApplication & { readonly secretId: SecretId }> {
    const added = await addApplicationSecret(app.application.clientId, note, this.#applications());
    return { ...app, secretId: added.secret.id, clientSecret: added.clientSecret };
  }

  deleteSecret({ application }: TestApplication, secretId: SecretId): Promise<boolean> {
    return this.#tenant.storage.applications.deleteSecret(application.clientId, secretId, this.#now());
  }

  async addKey({ application }: TestApplication, user: User, publicKey: string): Promise<ApplicationKey> {
    const input = { source: { publicKey }, registeredBy: user.id };
    return (await registerApplicationKey(application.clientId, input, this.#applications())).key;
  }

  deleteKey({ application }: TestApplication, keyId: ApplicationKeyId): Promise<void> {
    return deleteApplicationKey(application.clientId, keyId, this.#applications());
  }

  listSecrets({ application }: TestApplication) {
    return this.#tenant.storage.applications.listSecrets(application.clientId);
  }

  changeUser({ id }: Pick<User, 'id'>, update: UserUpdate): Promise<User> {
    return changeUser(id, update, this.#changingUsers());
  }

  deleteUser({ id }: Pick<User, 'id'>): Promise<void> {
    return deleteUser(id, this.#changingUsers());
  }

  changeSettings(settings: Partial<EnvironmentSettings>): Promise<Environment> {
    const { overview } = this.#tenant.storage;
    const { environments } = this.#tenant.fluxo.server.services.storage;
    return changeEnvironment({ settings }, { overview, environments });
  }

  async eventsOf(type: AuditEvent['type']): Promise<readonly AuditEvent[]> {
    return (await this.#tenant.storage.audit.list(1000)).filter((event) => event.type === type);
  }

  #now(): number {
    return this.#tenant.fluxo.clock.now();
  }

  #applications(): ApplicationAdministration {
    const { essentials, hosts } = this.#tenant.fluxo.server.services;
    const { environment, storage } = this.#tenant;
    return {
      environmentId: environment.id,
      store: storage.applications,
      essentials,
      isOwnHost: hosts.isOwnHost,
    };
  }

  #changingApplications(): ApplicationChanging {
    return { administration: this.#applications(), overview: this.#tenant.storage.overview };
  }

  #changingUsers(): UserChanging {
    const { essentials, passwordHasher } = this.#tenant.fluxo.server.services;
    const { storage, environment } = this.#tenant;
    const administration = {
      environmentId: environment.id,
      store: storage.users,
      essentials,
      passwordHasher,
    };
    return { administration, overview: storage.overview };
  }
}
