import {
  changeIdentityProvider,
  createIdentityProvider,
  deleteIdentityProvider,
  setFederationId,
  type IdentityProvider,
  type IdentityProviderAdministration,
  type IdentityProviderChange,
  type IdentityProviderInput,
  type ProviderChanging,
  type SamlSettings,
  type User,
} from '@fluxo/core';
import { expect } from 'vitest';
import { Administrator } from './administrator.js';
import type { ForgingProvider } from './forging-provider.js';
import type { HttpAnswer, TestTenant } from './tenant.js';
import { hiddenValueOf, type Visitor } from './visitor.js';

/** Loopback is no public address: an operator has to allow it. */
export const LOOPBACK_PROVIDERS = { FLUXO_PROVIDER_NETWORKS: '127.0.0.1' };

function administrationOf({ fluxo, environment, storage }: TestTenant): IdentityProviderAdministration {
  const { essentials } = fluxo.server.services;
  return { environmentId: environment.id, store: storage.identityProviders, essentials };
}

function changingOf(tenant: TestTenant): ProviderChanging {
  return { administration: administrationOf(tenant), overview: tenant.storage.overview };
}

/** A provider of the environment, as an administrator sets it up. */
export function addProvider(
  tenant: TestTenant,
  { issuer, clientId, clientSecret }: Pick<ForgingProvider, 'issuer' | 'clientId' | 'clientSecret'>,
  input: Partial<IdentityProviderInput> = {},
): Promise<IdentityProvider> {
  return createIdentityProvider(
    { kind: 'oidc', name: 'Acme', ...input, oidc: { issuer, clientId, ...input.oidc } },
    clientSecret,
    administrationOf(tenant),
  );
}

/** A SAML provider of the environment. */
export function addSamlProvider(
  tenant: TestTenant,
  saml: Partial<SamlSettings>,
  input: Partial<IdentityProviderInput> = {},
): Promise<IdentityProvider> {
  return createIdentityProvider(
    { kind: 'saml', name: 'Acme', ...input, saml },
    undefined,
    administrationOf(tenant),
  );
}

export function changeProvider(
  tenant: TestTenant,
  { id }: IdentityProvider,
  change: IdentityProviderChange,
): Promise<IdentityProvider> {
  return changeIdentityProvider(id, change, changingOf(tenant));
}

export function deleteProvider(tenant: TestTenant, { id }: IdentityProvider): Promise<void> {
  return deleteIdentityProvider(id, changingOf(tenant));
}

/** An administrator says who a user is there. */
export function linkUser(
  tenant: TestTenant,
  { id: userId }: User,
  as: { readonly provider: IdentityProvider; readonly federationId: string },
): Promise<void> {
  const { provider, federationId } = as;
  const link = { userId, providerId: provider.id, federationId };
  return setFederationId(link, tenant.storage.federatedIdentities, tenant.fluxo.clock.now());
}

/** The address of a button of this page. */
export function buttonOf(page: HttpAnswer, { id }: IdentityProvider): string {
  const href = new RegExp(`href="(/sign-in/with/${id}[^"]*)"`).exec(page.body)?.[1];
  if (href === undefined) throw new Error(`No such button: ${page.status} ${page.body.slice(0, 300)}`);
  return href.replaceAll('&amp;', '&');
}

/** Where a page that goes on by itself goes. */
export function forwardOf({ headers, body }: HttpAnswer): string {
  const location = headers['location'] ?? /url=(.*)$/.exec(headers['refresh'] ?? '')?.[1];
  if (location === undefined) throw new Error(`It leads nowhere: ${body.slice(0, 300)}`);
  return location;
}

/** Signs out by the form of the account page. @returns the page that follows */
export async function signOut(visitor: Visitor): Promise<HttpAnswer> {
  const token = hiddenValueOf(await visitor.get('/account'), 'form_token');
  const { headers } = await visitor.post('/sign-out', { form_token: token });
  return visitor.get(headers['location'] ?? '');
}

/** Where the link leads that offers to sign out at the provider, too; undefined where none is offered. */
export async function signOutAtProvider(page: HttpAnswer, visitor: Visitor): Promise<string | undefined> {
  const href = /href="(\/signed-out\/provider[^"]*)"/.exec(page.body)?.[1];
  return href === undefined ? undefined : forwardOf(await visitor.get(href.replaceAll('&amp;', '&')));
}

/** The answer of a provider reaches our server in that browser. */
export function bringBack(visitor: Visitor, callback: URL): Promise<HttpAnswer> {
  return visitor.get(callback.pathname + callback.search);
}

/** Whoever comes for the first time gets a user without a password; a later visit brings the name up to date. */
export async function expectNewPerson(
  tenant: TestTenant,
  email: string,
  comeAgain: () => Promise<unknown>,
): Promise<void> {
  const { users } = tenant.storage;
  const found = await users.findByUsername(email);
  expect(found).toMatchObject({
    passwordHash: undefined,
    user: { name: 'Novo Lima', onlySingleSignOn: true },
  });
  await new Administrator(tenant).changeUser(found!.user, { name: 'Old' });
  await comeAgain();
  expect((await users.findByUsername(email))?.user.name).toBe('Novo Lima');
}
