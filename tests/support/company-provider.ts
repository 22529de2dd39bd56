import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface CompanyUser {
  readonly sub: string;
  readonly email: string;
  readonly given_name: string;
  readonly family_name: string;
}

export interface CompanyClient {
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[];
  readonly authentication?: 'client_secret_basic' | 'client_secret_post';
}

/** A company's own sign-in: the npm package oidc-provider, listening on loopback, with pages of one field each. */
export class CompanyProvider {
  readonly clientId = 'fluxo';
  readonly clientSecret = 'a-secret:of the company+%';
  readonly issuer: string;
  readonly #server: Server;
  readonly #users: readonly CompanyUser[];
  #provider: Provider | undefined;
  /** The prompt of each authorization request that came; `undefined` where none was sent. */
  readonly prompts: (string | undefined)[] = [];

  private constructor(server: Server, users: readonly CompanyUser[]) {
    this.#server = server;
    this.#users = users;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(users: readonly CompanyUser[]): Promise<CompanyProvider> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const company = new CompanyProvider(server, users);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void company.#handle(request, response);
    });
    return company;
  }

  /** The company registers Fluxo, once it knows where the answers go. */
  register({
    redirectUris,
    postLogoutRedirectUris = [],
    authentication = 'client_secret_basic',
  }: CompanyClient): void {
    this.#provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: this.clientId,
          client_secret: this.clientSecret,
          redirect_uris: [...redirectUris],
          post_logout_redirect_uris: [...postLogoutRedirectUris],
          token_endpoint_auth_method: authentication,
        },
      ],
      cookies: { keys: ['a key for tests'] },
      claims: { openid: ['sub'], profile: ['given_name', 'family_name'], email: ['email', 'email_verified'] },
      findAccount: (_context: unknown, sub: string) => this.#accountOf(sub),
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accountOf(sub: string): object | undefined {
    const user = this.#users.find((candidate) => candidate.sub === sub);
    return user && { accountId: sub, claims: () => ({ ...user, email_verified: true }) };
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const provider = this.#provider;
    if (provider === undefined) response.writeHead(503).end();
    else if (request.url?.startsWith('/interaction/') === true)
      await this.#interact(provider, request, response);
    else {
      const url = new URL(request.url ?? '/', this.issuer);
      if (url.pathname === '/auth') this.prompts.push(url.searchParams.get('prompt') ?? undefined);
      provider.callback()(request, response);
    }
  }

  async #interact(
    ...[provider, request, response]: [Provider, IncomingMessage, ServerResponse]
  ): Promise<void> {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (prompt.name === 'consent') {
      const { accountId } = session ?? { accountId: '' };
      const grant = new provider.Grant({ accountId, clientId: params['client_id'] ?? '' });
      grant.addOIDCScope(params['scope'] ?? 'openid');
      const consent = { grantId: await grant.save() };
      await provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
    } else if (request.method === 'GET') {
      const field = '<label>Employee <input name="sub"></label><button>Sign in</button>';
      const page = `<!doctype html><title>The company</title><form method="post">${field}</form>`;
      response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    } else {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const sub = new URLSearchParams(Buffer.concat(chunks).toString()).get('sub') ?? '';
      await provider.interactionFinished(request, response, { login: { accountId: sub } });
    }
  }
}

/** A person's browser at the company, without a browser: cookies, and one form. */
export class CompanyVisitor {
  readonly #cookies = new Map<string, string>();

  /** @returns where the company sends the browser at last */
  async signIn(location: string, sub: string): Promise<URL> {
    const { origin } = new URL(location);
    let at = location;
    for (let step = 0; step < 10; step += 1) {
      if (!at.startsWith(origin)) return new URL(at);
      let answer = await this.#send(at, { method: 'GET' });
      if (answer.status === 200) {
        answer = await this.#send(at, { method: 'POST', body: new URLSearchParams({ sub }) });
      }
      const next = answer.headers.get('location');
      if (next === null)
        throw new Error(`The company answered ${answer.status} at ${at}: ${await answer.text()}`);
      at = new URL(next, at).href;
    }
    throw new Error('The company never came to an end.');
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, headers: { cookie }, redirect: 'manual' });
    for (const text of answer.headers.getSetCookie()) {
      const [name = '', ...rest] = (text.split(';', 1)[0] ?? '').split('=');
      this.#cookies.set(name, rest.join('='));
    }
    return answer;
  }
}
