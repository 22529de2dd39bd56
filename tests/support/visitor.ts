import { PASSWORD } from './password.js';
import type { HttpAnswer, HttpCall, TestApplication, TestTenant } from './tenant.js';

/** A person's browser as far as HTTP is concerned: cookies, forms, redirects within the origin. */
export class Visitor {
  readonly tenant: TestTenant;
  readonly cookies = new Map<string, string>();
  readonly #from: Pick<HttpCall, 'remoteAddress'>;

  /** @param from where their requests seem to come from */
  constructor(tenant: TestTenant, from: Pick<HttpCall, 'remoteAddress'> = {}) {
    this.tenant = tenant;
    this.#from = from;
  }

  async send(call: HttpCall): Promise<HttpAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.tenant.send({
      ...this.#from,
      ...call,
      headers: { ...(cookie === '' ? {} : { cookie }), ...call.headers },
    });
    for (const text of answer.setCookies) {
      const [name = '', value = ''] = (text.split(';', 1)[0] ?? '').split('=');
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  get(path: string, headers: HttpCall['headers'] = {}): Promise<HttpAnswer> {
    return this.send({ path, headers });
  }

  /** A form of our own pages, as a browser sends it. */
  post(
    path: string,
    form: Readonly<Record<string, string>>,
    headers: HttpCall['headers'] = {},
  ): Promise<HttpAnswer> {
    return this.send({
      method: 'POST',
      path,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: this.tenant.origin,
        ...headers,
      },
      body: new URLSearchParams(form).toString(),
    });
  }

  authorize(
    app: TestApplication,
    params: Readonly<Record<string, string>> = {},
    family: 'dialect' | 'standard' = 'standard',
  ): Promise<HttpAnswer> {
    return this.get(authorizePath(app, params, family));
  }

  /** Signs in through `/account`. */
  async signIn(username: string, password = PASSWORD): Promise<HttpAnswer> {
    return this.signInWithin(await this.get('/account'), username, password);
  }

  /** Goes on from a page that asks for the username. */
  async signInWithin(page: HttpAnswer, username: string, password = PASSWORD): Promise<HttpAnswer> {
    const named = await this.post('/sign-in', { flow: flowTokenOf(page), username });
    const passwordPage = await this.get(named.headers['location'] ?? '');
    return this.post('/sign-in/password', { flow: flowTokenOf(passwordPage), password });
  }

  /** Presses a button of a consent page. */
  decide(page: HttpAnswer, decision: 'allow' | 'cancel'): Promise<HttpAnswer> {
    return this.post('/consent', { flow: flowTokenOf(page), decision });
  }

  /** Signed in already: asks, allows, and returns the code. */
  async allow(app: TestApplication, params: Readonly<Record<string, string>> = {}): Promise<string> {
    const answer = await this.decide(await this.authorize(app, params), 'allow');
    const code = new URL(answer.headers['location'] ?? 'about:blank').searchParams.get('code');
    if (code === null) throw new Error(`No code came: ${answer.status} ${answer.body.slice(0, 300)}`);
    return code;
  }
}

export function authorizePath(
  app: Pick<TestApplication, 'clientId' | 'application'>,
  params: Readonly<Record<string, string>> = {},
  family: 'dialect' | 'standard' = 'standard',
): string {
  const path = family === 'standard' ? '/oauth2/authorize' : '/integrations/oauth2/authorize';
  const [redirectUri = ''] = app.application.redirectUrls;
  const query = { client_id: app.clientId, response_type: 'code', redirect_uri: redirectUri, ...params };
  return `${path}?${new URLSearchParams(query).toString()}`;
}

/** The flow's token, from the page's first form. */
export function flowTokenOf(page: HttpAnswer): string {
  return hiddenValueOf(page, 'flow');
}

/** The first hidden field of that name. */
export function hiddenValueOf(page: HttpAnswer, name: string): string {
  const input = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(page.body)?.[0] ?? '';
  const value = /value="([^"]*)"/.exec(input)?.[1];
  if (value === undefined)
    throw new Error(`No ${name} on this page: ${page.status} ${page.body.slice(0, 200)}`);
  return value;
}

/** What our own page says it is: `<main data-page="…" data-problem="…">`. */
export function pageOf(answer: HttpAnswer): {
  readonly page: string | undefined;
  readonly problem: string | undefined;
} {
  return {
    page: /data-page="([^"]*)"/.exec(answer.body)?.[1],
    problem: /data-problem="([^"]*)"/.exec(answer.body)?.[1],
  };
}
