import type { TestFluxo } from './fluxo.js';
import type { HttpAnswer, HttpCall, TestTenant } from './tenant.js';
import type { Visitor } from './visitor.js';

export interface AdminAnswer extends HttpAnswer {
  /** What the body says; undefined where it is empty or no JSON. */
  readonly json: Record<string, unknown> & { readonly items?: readonly Record<string, unknown>[] };
}

export interface AdminCallOptions {
  /** Sent as JSON, unless it is bytes. */
  readonly body?: unknown;
  readonly headers?: HttpCall['headers'];
}

type Method = NonNullable<HttpCall['method']>;

/** A signed-in administrator's browser at `/api/v1`, as the console calls it. */
export class AdminClient {
  readonly visitor: Visitor;
  readonly tenant: TestTenant;
  readonly csrfToken: string;

  private constructor(visitor: Visitor, csrfToken: string) {
    this.visitor = visitor;
    this.tenant = visitor.tenant;
    this.csrfToken = csrfToken;
  }

  /** Signs somebody in who is there, administrator or not. */
  static async signIn(tenant: TestTenant, username: string): Promise<AdminClient> {
    const visitor = tenant.visitor();
    await visitor.signIn(username);
    const me = await visitor.get('/api/v1/me');
    const token = me.status === 200 ? (JSON.parse(me.body) as { csrf_token: string }).csrf_token : '';
    return new AdminClient(visitor, token);
  }

  get(path: string, headers: HttpCall['headers'] = {}): Promise<AdminAnswer> {
    return this.send('GET', path, { headers });
  }

  async send(method: Method, path: string, { body, headers }: AdminCallOptions = {}): Promise<AdminAnswer> {
    const isBytes = body instanceof Uint8Array;
    const answer = await this.visitor.send({
      method,
      path: `/api/v1${path}`,
      headers: {
        ...(method === 'GET' ? {} : this.proof()),
        ...(body === undefined || isBytes ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isBytes ? body : JSON.stringify(body) }),
    });
    return withJson(answer);
  }

  /** What a page of the same origin adds to a change. */
  proof(): Record<string, string> {
    return {
      'sec-fetch-site': 'same-origin',
      origin: this.tenant.origin,
      'x-csrf-token': this.csrfToken,
    };
  }

  /** Reads the thing, then changes it as it was read. */
  async change(path: string, body: object): Promise<AdminAnswer> {
    const { headers } = await this.get(path);
    return this.send('PATCH', path, { body, headers: { 'if-match': headers['etag'] ?? '' } });
  }

  async remove(path: string): Promise<AdminAnswer> {
    const { headers } = await this.get(path);
    return this.send('DELETE', path, { headers: { 'if-match': headers['etag'] ?? '' } });
  }
}

export function withJson(answer: HttpAnswer): AdminAnswer {
  const isJson = /^application\/(?:problem\+)?json/.test(answer.headers['content-type'] ?? '');
  return { ...answer, json: isJson ? (JSON.parse(answer.body) as AdminAnswer['json']) : {} };
}

/** An environment with an administrator called root, who is signed in. */
export async function furnishedForAdmin(
  fluxo: TestFluxo,
  domain: string,
): Promise<{ readonly tenant: TestTenant; readonly admin: AdminClient }> {
  const tenant = await fluxo.environment(domain, 'my', { maxApplications: 100 });
  await tenant.user('root', { administrator: true });
  return { tenant, admin: await AdminClient.signIn(tenant, 'root') };
}

/** The name of the problem, or undefined where there is none. */
export function problemOf({ json }: Pick<AdminAnswer, 'json'>): string | undefined {
  return typeof json['type'] === 'string' ? json['type'].replace('urn:fluxo:problem:', '') : undefined;
}
