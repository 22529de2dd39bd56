import type { Answer, Asking, RunningServer } from './fluxo-process.js';
import { PASSWORD } from './fluxo-process.js';

/** The server said that its database is away. */
export class TriedAgainLater extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`503, ${answer.body.slice(0, 200)}`);
    this.answer = answer;
  }
}

/** A person with a browser, as far as the sign-in and consent forms need one. */
export class Person {
  readonly host: string;
  #server: RunningServer;
  readonly #cookies = new Map<string, string>();

  constructor(server: RunningServer, host: string) {
    this.#server = server;
    this.host = host;
  }

  /** The server was started again: the browser keeps its cookies. */
  moveTo(server: RunningServer): void {
    this.#server = server;
  }

  async get(path: string): Promise<Answer> {
    return this.#keep(await this.#server.ask(path, this.#asking('GET')));
  }

  async post(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const body = new URLSearchParams(fields).toString();
    return this.#keep(await this.#server.ask(path, { ...this.#asking('POST'), body }));
  }

  /** Begun and not ended: the caller sends the body. */
  beginPost(path: string, headers: Readonly<Record<string, string>>) {
    const asking = this.#asking('POST');
    return this.#server.begin(path, { ...asking, headers: { ...asking.headers, ...headers } });
  }

  /** Up to the password page. @returns the flow's token */
  async comesToPassword(authorizePath: string): Promise<string> {
    const flow = hiddenField(await this.get(authorizePath), 'flow');
    const next = await this.post('/sign-in', { flow, username: 'ana' });
    return hiddenField(await this.get(next.headers.location ?? ''), 'flow');
  }

  /** @returns the code that the application gets */
  async allows(authorizePath: string): Promise<string> {
    return (await this.allowsAndLeaves(authorizePath)).searchParams.get('code') ?? '';
  }

  /** @returns where the browser is sent with the answer */
  async allowsAndLeaves(authorizePath: string): Promise<URL> {
    const flow = await this.comesToPassword(authorizePath);
    const signedIn = await this.post('/sign-in/password', { flow, password: PASSWORD });
    const consent = await this.get(signedIn.headers.location ?? '');
    const answer = await this.post('/consent', { flow: hiddenField(consent, 'flow'), decision: 'allow' });
    return new URL(answer.headers.location ?? '');
  }

  /** Signed in already: only the consent page is between. @returns the code @throws TriedAgainLater */
  async allowsAgain(authorizePath: string): Promise<string> {
    const page = await this.get(authorizePath);
    if (page.status === 503) throw new TriedAgainLater(page);
    const flow = hiddenField(page, 'flow');
    const answer = await this.post('/consent', { flow, decision: 'allow' });
    if (answer.status === 503) throw new TriedAgainLater(answer);
    return new URL(answer.headers.location ?? '').searchParams.get('code') ?? '';
  }

  #asking(method: string): Asking {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      host: this.host,
      method,
      headers: {
        cookie,
        'sec-fetch-site': 'same-origin',
        ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
    };
  }

  #keep(answer: Answer): Answer {
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    return answer;
  }
}

function hiddenField({ body, status }: Answer, name: string): string {
  const field = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(body)?.[0] ?? '';
  const value = /value="([^"]*)"/.exec(field)?.[1];
  if (value === undefined)
    throw new Error(`No field ${name} on the page (${status}): ${body.slice(0, 2000)}`);
  return value;
}

export function authorizePath(clientId: string): string {
  return `/integrations/oauth2/authorize?response_type=code&client_id=${clientId}`;
}
