import { createIdentityProvider, type IdentityProviderId, type UserId } from '@fluxo/core';
import type { Demo } from '@fluxo/example-demo';
import { makeSigningKey } from '../../packages/server/src/adapters/saml/signing-key.js';
import type { ConsoleView } from './console-views.js';
import { demoTenant } from './demo.js';

export interface FurnishedPeople {
  readonly users: Readonly<Record<'ana' | 'ben', UserId>>;
  readonly providers: Readonly<Record<'oidc' | 'saml', IdentityProviderId>>;
}

const DAY_MS = 86_400_000;

/** An organization with a provider of each kind, one of which has a certificate that ends soon. */
export async function furnishPeople(demo: Demo): Promise<FurnishedPeople> {
  const { environment, essentials, storage } = await demoTenant(demo);
  const administration = { environmentId: environment.id, store: storage.identityProviders, essentials };
  const oidc = await createIdentityProvider(
    {
      ...{ kind: 'oidc', name: 'Acme Entra ID', emailDomains: ['acme.example'] },
      oidc: { issuer: 'https://id.acme.example/tenant' },
    },
    undefined,
    administration,
  );
  const { privateKeyPem, certificatePem } = await makeSigningKey({
    ...{ commonName: 'id.northfield.example', now: Date.now() - 3640 * DAY_MS },
  });
  const saml = await createIdentityProvider(
    {
      ...{ kind: 'saml', name: 'Northfield ADFS', emailDomains: ['northfield.example'] },
      saml: {
        ...{ entityId: 'https://id.northfield.example', signOnUrl: 'https://id.northfield.example/sso' },
        ...{ certificates: [certificatePem], signingCertificate: certificatePem },
      },
    },
    privateKeyPem,
    administration,
  );
  const find = async (username: string): Promise<UserId> => {
    const { items } = await storage.overview.users({ text: username }, { limit: 100 }, Date.now());
    const found = items.find(({ user }) => user.username === username);
    if (found === undefined) throw new Error(`The demo has no user ${username}.`);
    return found.user.id;
  };
  return {
    users: { ana: await find('ana'), ben: await find('ben') },
    providers: { oidc: oidc.id, saml: saml.id },
  };
}

/** Somebody has tried both providers: one let them in, one did not. */
export async function tryProviders(demo: Demo, { providers }: FurnishedPeople): Promise<void> {
  const { storage } = await demoTenant(demo);
  const mapped = [
    { name: 'federation ID', values: ['6f1c'] },
    { name: 'e-mail', values: [] },
  ];
  const received = [{ name: 'groups', values: ['staff', 'board'] }];
  const test = { at: Date.now(), mapped, received };
  await storage.identityProviders.noteTest(providers.oidc, { ...test, refusal: null });
  const refusal = { reason: 'invalid', detail: 'audience: expected "a", received "b"' };
  await storage.identityProviders.noteTest(providers.saml, { ...test, refusal });
}

/** The views of everything but the applications. */
export function peopleViews({ users, providers }: FurnishedPeople): readonly ConsoleView[] {
  const at = (path: string): string => `/console/${path}`;
  return [
    { name: 'activity', path: at('activity') },
    { name: 'activity-none', path: at('activity?q=nothing+is+called+so') },
    { name: 'users', path: at('users') },
    { name: 'users-new', path: at('users/new') },
    { name: 'user', path: at(`users/${users.ana}`) },
    { name: 'user-yourself', path: at(`users/${users.ben}`) },
    { name: 'environment', path: at('environment') },
    { name: 'providers', path: at('identity-providers') },
    { name: 'providers-new', path: at('identity-providers/new') },
    { name: 'provider-oidc', path: at(`identity-providers/${providers.oidc}`) },
    { name: 'provider-saml', path: at(`identity-providers/${providers.saml}`) },
    { name: 'lanes', path: at('lanes') },
    { name: 'lanes-comparison', path: at('lanes/preview') },
  ];
}
