import {
  callbackUrlOf,
  changeEnvironment,
  changeIdentityProvider,
  createIdentityProvider,
  metadataUrlOf,
  signOutUrlOf,
  type IdentityProvider,
  type ProviderChanging,
} from '@fluxo/core';
import { parseProviderMetadata, type Services } from '@fluxo/server';
import {
  COMPANY_ADMINISTRATOR,
  COMPANY_EMAIL_DOMAIN,
  COMPANY_ENVIRONMENT,
  COMPANY_PEOPLE,
  DEMO_ENVIRONMENTS,
} from './demo-data.js';
import {
  startDemoIdentityProvider,
  type DemoIdentityProvider,
  type ServiceProvider,
} from './identity-provider/identity-provider.js';
import { seedApplication, seedEnvironment, type ClientRegistration, type SeedOptions } from './seed.js';

/** The second organization of the demo: its people sign in at their company's own identity provider. */
export interface DemoCompany {
  readonly identityProvider: DemoIdentityProvider;
  readonly registration: ClientRegistration;
  /** `http://borealis.my.localhost:<port>` */
  readonly origin: string;
}

/**
 * Starts the company's identity provider and makes what is missing of its organization. The provider has a new key
 * with each start, so its certificate is brought up to date.
 */
export async function startCompany(
  services: Services,
  options: SeedOptions & { readonly port: number },
): Promise<DemoCompany> {
  const known: ServiceProvider[] = [];
  const { port } = options;
  const identityProvider = await startDemoIdentityProvider({
    ...{ people: COMPANY_PEOPLE, port },
    serviceProviders: () => known,
  });
  try {
    const wanted = {
      ...COMPANY_ENVIRONMENT,
      index: DEMO_ENVIRONMENTS.length,
      users: [COMPANY_ADMINISTRATOR],
    };
    const environment = await seedEnvironment(services, wanted);
    const { essentials, storage } = services;
    const { identityProviders, overview } = storage.forEnvironment(environment.id);
    const provider = await seedProvider(identityProvider, {
      administration: { environmentId: environment.id, store: identityProviders, essentials },
      overview,
    });
    const settings = { singleSignOn: 'required', administratorsExempt: true } as const;
    const changing = { overview, environments: storage.environments };
    await changeEnvironment({ settings }, changing);
    const origin = services.hosts.originOf(COMPANY_ENVIRONMENT);
    known.push({
      ...{ entityId: metadataUrlOf(origin, provider), acsUrl: callbackUrlOf(origin, provider) },
      sloUrl: signOutUrlOf(origin, provider),
    });
    const registration = await seedApplication(services, environment, {
      ...options,
      file: 'lapis-registration-at-borealis.json',
    });
    return { identityProvider, registration, origin };
  } catch (error) {
    await identityProvider.close();
    throw error;
  }
}

async function seedProvider(
  { metadata }: DemoIdentityProvider,
  changing: ProviderChanging,
): Promise<IdentityProvider> {
  const { entityId, singleSignOn, singleLogout, certificates } = parseProviderMetadata(metadata, Date.now());
  const saml = {
    ...{ entityId, signOnUrl: singleSignOn.redirect ?? '', signOutUrl: singleLogout?.url ?? '' },
    certificates: certificates.map(({ pem }) => pem),
  };
  const { administration } = changing;
  const existing = (await administration.store.list()).find(({ settings }) => settings.kind === 'saml');
  // Enabled, whatever was tried with it: single sign-on is required here.
  if (existing !== undefined) return changeIdentityProvider(existing.id, { enabled: true, saml }, changing);
  return createIdentityProvider(
    {
      ...{ kind: 'saml', name: COMPANY_ENVIRONMENT.name, saml },
      ...{ emailDomains: [COMPANY_EMAIL_DOMAIN], autoProvision: true, updateNames: true },
    },
    undefined,
    administration,
  );
}
