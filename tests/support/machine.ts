import { createPrivateKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { registerApplicationKey, type ApplicationKey, type User } from '@fluxo/core';
import { SignJWT, type JWTPayload } from 'jose';
import { credentials, type HttpAnswer, type TestApplication, type TestTenant } from './tenant.js';

export const JWT_EXCHANGE = '/integrations/oauth2/api/v1/jwt/exchange';
export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

export type JwtEndpoint = readonly [
  family: 'dialect' | 'standard',
  path: string,
  form: (jwt: string) => Record<string, string>,
];

/** The endpoints that take a JWT, and how each is asked. */
export const JWT_ENDPOINTS: readonly [JwtEndpoint, JwtEndpoint] = [
  ['dialect', JWT_EXCHANGE, (jwt) => ({ jwt_token: jwt })],
  ['standard', '/oauth2/token', (jwt) => ({ grant_type: JWT_BEARER, assertion: jwt })],
];

export interface Signing {
  readonly algorithm?: string;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject;
}

/** A machine application with the private key that its JWTs are signed with, in one environment. */
export class Machine {
  readonly tenant: TestTenant;
  readonly app: TestApplication;
  readonly user: User;
  readonly key: ApplicationKey;
  readonly privateKey: KeyObject;

  constructor(parts: Pick<Machine, 'tenant' | 'app' | 'user' | 'key' | 'privateKey'>) {
    this.tenant = parts.tenant;
    this.app = parts.app;
    this.user = parts.user;
    this.key = parts.key;
    this.privateKey = parts.privateKey;
  }

  /** The same one, asked for at another node or after a restart. */
  at(tenant: TestTenant): Machine {
    const { app, user, key, privateKey } = this;
    return new Machine({ tenant, app, user, key, privateKey });
  }

  get now(): number {
    return Math.floor(this.tenant.fluxo.clock.now() / 1000);
  }

  /** All that a good one has, but for what is said otherwise; undefined: that claim is left out. */
  claims(overrides: Readonly<Record<string, unknown>> = {}): JWTPayload {
    const claims: Readonly<Record<string, unknown>> = {
      ...{ iss: this.tenant.environment.id, sub: this.user.id, aud: this.tenant.origin },
      ...{ iat: this.now, exp: this.now + 300, jti: randomUUID() },
      ...overrides,
    };
    return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  }

  sign(overrides: Readonly<Record<string, unknown>> = {}, signing: Signing = {}): Promise<string> {
    const { algorithm = this.key.algorithm, header = {}, key = this.privateKey } = signing;
    return new SignJWT(this.claims(overrides)).setProtectedHeader({ ...header, alg: algorithm }).sign(key);
  }

  /** As at either endpoint. */
  exchange(jwt: string, [, path, form]: JwtEndpoint = JWT_ENDPOINTS[0]): Promise<HttpAnswer> {
    return this.tenant.postForm(path, { ...credentials(this.app), ...form(jwt) });
  }
}

/** A pair that an administrator had made for the application. */
export async function newMachine(
  tenant: TestTenant,
  user: User,
  {
    algorithm = 'ES256',
    app,
  }: { readonly algorithm?: 'RS256' | 'ES256' | 'EdDSA'; readonly app?: TestApplication } = {},
): Promise<Machine> {
  const machine = app ?? (await tenant.application({ kind: 'machine', name: 'Import', redirectUrls: [] }));
  const { essentials, hosts } = tenant.fluxo.server.services;
  const { key, privateKeyPem = '' } = await registerApplicationKey(
    machine.application.clientId,
    { source: { generate: algorithm }, registeredBy: user.id },
    {
      environmentId: tenant.environment.id,
      store: tenant.storage.applications,
      essentials,
      isOwnHost: hosts.isOwnHost,
    },
  );
  return new Machine({ tenant, app: machine, user, key, privateKey: createPrivateKey(privateKeyPem) });
}

/** A private key that nobody registered. */
export function strangeKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}
