import {
  createUser,
  registerApplication,
  type Application,
  type ApplicationInput,
  type AuditVia,
  type Environment,
  type User,
} from '@fluxo/core';
import type { ServerEnvironmentStorage } from '@fluxo/server';
import type { TestFluxo } from './fluxo.js';
import { PASSWORD } from './password.js';
import { Visitor } from './visitor.js';

export { PASSWORD };
export const REDIRECT_URI = 'https://app.example/callback';

export interface TestApplication {
  readonly application: Application;
  readonly clientId: string;
  /** Empty for a `spa`. */
  readonly clientSecret: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly setCookies: readonly string[];
  readonly body: string;
}

export interface HttpCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
  /** The address that the request seems to come from. */
  readonly remoteAddress?: string;
}

export interface Tokens {
  readonly token_type: string;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly wid: string;
}

/** One environment of the server under test, with what a test needs to fill it. */
export class TestTenant {
  readonly fluxo: TestFluxo;
  readonly environment: Environment;
  readonly origin: string;
  readonly storage: ServerEnvironmentStorage;

  constructor(fluxo: TestFluxo, environment: Environment, origin: string) {
    this.fluxo = fluxo;
    this.environment = environment;
    this.origin = origin;
    this.storage = fluxo.server.services.storage.forEnvironment(environment.id);
  }

  /** What requests come by on that way: what a test puts in the place of one of its methods, they meet. */
  storageOf(via: AuditVia): ServerEnvironmentStorage {
    return this.fluxo.server.services.storage.forEnvironment(this.environment.id, { via });
  }

  /** A request at this environment's host. */
  async send({ method = 'GET', path, headers = {}, body, remoteAddress }: HttpCall): Promise<HttpAnswer> {
    const response = await this.fluxo.server.app.inject({
      method,
      url: path,
      headers: { host: new URL(this.origin).host, ...headers },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : Buffer.from(body) }),
      ...(remoteAddress === undefined ? {} : { remoteAddress }),
    });
    return {
      status: response.statusCode,
      headers: response.headers as HttpAnswer['headers'],
      setCookies: [response.headers['set-cookie'] ?? []].flat(),
      body: response.body,
    };
  }

  user(
    username: string,
    options: { readonly administrator?: boolean; readonly email?: string | null } = {},
  ): Promise<User> {
    const { essentials, passwordHasher } = this.fluxo.server.services;
    return createUser(
      {
        username,
        name: `${username} of ${this.environment.domain}`,
        password: PASSWORD,
        email: options.email ?? null,
        administrator: options.administrator ?? false,
      },
      { environmentId: this.environment.id, store: this.storage.users, essentials, passwordHasher },
    );
  }

  async application(input: Partial<ApplicationInput> = {}): Promise<TestApplication> {
    const { essentials, hosts } = this.fluxo.server.services;
    const { application, clientSecret = '' } = await registerApplication(
      { kind: 'web', name: 'Planner', redirectUrls: [REDIRECT_URI], ...input },
      {
        environmentId: this.environment.id,
        store: this.storage.applications,
        essentials,
        isOwnHost: hosts.isOwnHost,
      },
    );
    return { application, clientId: application.clientId, clientSecret };
  }

  visitor(from: Pick<HttpCall, 'remoteAddress'> = {}): Visitor {
    return new Visitor(this, from);
  }

  /** A form at one of the endpoints that applications call. */
  postForm(
    path: string,
    form: Readonly<Record<string, string>>,
    headers: HttpCall['headers'] = {},
  ): Promise<HttpAnswer> {
    return this.send({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(form).toString(),
    });
  }

  exchange(
    app: TestApplication,
    code: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<HttpAnswer> {
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      ...credentials(app),
      ...more,
    };
    return this.postForm('/oauth2/token', form);
  }

  refresh(
    app: TestApplication,
    refreshToken: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<HttpAnswer> {
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, ...credentials(app), ...more };
    return this.postForm('/oauth2/token', form);
  }

  callApi(accessToken: string): Promise<HttpAnswer> {
    return this.send({ path: '/attask/api/v14.0/proj/search', headers: { sessionid: accessToken } });
  }

  /** Signs a user in, allows the application and exchanges the code: a connection that works. */
  async connect(
    app: TestApplication,
    username: string,
    params: Readonly<Record<string, string>> = {},
  ): Promise<Tokens> {
    const visitor = this.visitor();
    await visitor.signIn(username);
    const code = await visitor.allow(app, params);
    const answer = await this.exchange(app, code);
    if (answer.status !== 200) throw new Error(`The exchange failed: ${answer.body}`);
    return JSON.parse(answer.body) as Tokens;
  }
}

export function credentials({ clientId, clientSecret }: TestApplication): Record<string, string> {
  return { client_id: clientId, ...(clientSecret === '' ? {} : { client_secret: clientSecret }) };
}

export function basic({ clientId, clientSecret }: TestApplication): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}
