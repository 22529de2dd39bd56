import {
  addApplicationSecret,
  deleteApplicationKey,
  registerApplicationKey,
  updateApplication,
  updateEnvironment,
  updateUser,
  type Application,
  type ApplicationAdministration,
  type ApplicationInput,
  type ApplicationKey,
  type ApplicationKeyId,
  type AuditEvent,
  type EnvironmentSettings,
  type SecretId,
  type User,
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
    return updateApplication(application.clientId, change, this.#applications());
  }

  deleteApplication({ application }: TestApplication): Promise<boolean> {
    return this.#tenant.storage.applications.delete(application.clientId);
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
    const { essentials, passwordHasher } = this.#tenant.fluxo.server.services;
    const { storage, environment } = this.#tenant;
    return updateUser(id, update, {
      environmentId: environment.id,
      store: storage.users,
      essentials,
      passwordHasher,
    });
  }

  async changeSettings(settings: Partial<EnvironmentSettings>): Promise<void> {
    const { storage } = this.#tenant.fluxo.server.services;
    const current = await storage.environments.findByName(this.#tenant.environment);
    await updateEnvironment(current ?? this.#tenant.environment, { settings }, storage.environments);
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
}
