import { expect, vi } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { connectAs, DIALECT_TOKEN, signedIn, tokensOf } from '../support/oauth.js';
import { credentials, type TestApplication, type TestTenant, type Tokens } from '../support/tenant.js';
import type { Visitor } from '../support/visitor.js';

const SEARCH = '/attask/api/v14.0/proj/search?$$LIMIT=1';
const INTROSPECT = '/integrations/oauth2/api/v1/introspect';
const GRANTS = 10;

interface Parts {
  readonly fluxo: TestFluxo;
  readonly tenant: TestTenant;
  readonly app: TestApplication;
  readonly visitor: Visitor;
  readonly grants: Tokens[];
}

/** What is asked most, of a server in this process. Its work behind the requests stands still: each is counted alone. */
export class HotRequests {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<HotRequests> {
    // Uses are written each second, behind the requests: that second must not fall into what is counted.
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const fluxo = await startFluxo({ settings });
    const tenant = await fluxo.environment('acme');
    await tenant.user('ana');
    const app = await tenant.application({ refreshPolicy: { rotation: true } });
    const visitor = await signedIn(tenant);
    const hot = new HotRequests({ fluxo, tenant, app, visitor, grants: [] });
    for (let index = 0; index < GRANTS; index += 1) hot.#parts.grants.push(await hot.connect());
    await hot.refresh();
    await fluxo.server.flushUsage();
    return hot;
  }

  async close(): Promise<void> {
    await this.#parts.fluxo.close();
    vi.useRealTimers();
  }

  /** The whole way, with a session: consent, code, tokens. */
  connect(): Promise<Tokens> {
    return connectAs(this.#parts.visitor, this.#parts.app);
  }

  /** With a token that was not used yet. */
  async refresh(): Promise<Tokens> {
    const { refresh_token } = this.#parts.grants.pop() ?? (await this.connect());
    return tokensOf(await this.#post(DIALECT_TOKEN, { grant_type: 'refresh_token', refresh_token }));
  }

  /** For introspection and the object API: a session whose first use is written down already. */
  async usedSession(): Promise<string> {
    const { access_token } = await this.refresh();
    await this.search(access_token);
    await this.#parts.fluxo.server.flushUsage();
    return access_token;
  }

  async search(sessionId: string): Promise<void> {
    const answer = await this.#parts.tenant.send({ path: SEARCH, headers: { sessionid: sessionId } });
    expect(answer.status).toBe(200);
  }

  async introspect(token: string): Promise<void> {
    expect(JSON.parse((await this.#post(INTROSPECT, { token })).body)).toMatchObject({ active: true });
  }

  #post(path: string, form: Readonly<Record<string, string>>) {
    return this.#parts.tenant.send({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...credentials(this.#parts.app), ...form }).toString(),
    });
  }
}
