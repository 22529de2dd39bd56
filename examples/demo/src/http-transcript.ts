/** What the walk says about what it does. */
export type Print = (text: string) => void;

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the visitor's cookies travel along: a browser's do, an application's calls have none. */
  readonly cookies?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const SHOWN_HEADERS = ['location', 'content-type', 'www-authenticate', 'cache-control', 'retry-after'];

/** Sends requests, keeps one visitor's cookies and prints each request with its answer. */
export class HttpTranscript {
  readonly #print: Print;
  readonly #cookies = new Map<string, string>();

  constructor(print: Print) {
    this.#print = print;
  }

  async send(call: Call): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...call.headers, ...(call.cookies === true && cookie !== '' ? { cookie } : {}) };
    this.#printRequest(call, headers);
    const response = await fetch(call.url, {
      method: call.method,
      headers,
      redirect: 'manual',
      ...(call.body === undefined ? {} : { body: call.body }),
    });
    const body = await response.text();
    if (call.cookies === true) this.#keep(response.headers.getSetCookie());
    this.#printAnswer(response, body);
    return { status: response.status, headers: response.headers, body };
  }

  #keep(cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [name = '', value = ''] = (cookie.split(';', 1)[0] ?? '').split('=');
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }

  #printRequest({ method, url, body }: Call, headers: Readonly<Record<string, string>>): void {
    this.#print(`> ${method} ${url}`);
    for (const [name, value] of Object.entries(headers)) this.#print(`> ${name}: ${value}`);
    if (body !== undefined) this.#print(`>\n> ${body}`);
  }

  #printAnswer(response: Response, body: string): void {
    this.#print(`< ${response.status} ${response.statusText}`);
    for (const name of SHOWN_HEADERS) {
      const value = response.headers.get(name);
      if (value !== null) this.#print(`< ${name}: ${value}`);
    }
    if (body !== '') this.#print(`<\n< ${describeBody(response, body)}`);
    this.#print('');
  }
}

/** A page as a person would name it; JSON as it is. */
function describeBody(response: Response, body: string): string {
  if (response.headers.get('content-type')?.startsWith('text/html') !== true) return body;
  const title = /<title>([^<]*)<\/title>/.exec(body)?.[1] ?? '';
  return `[a page: ${title}]`;
}
