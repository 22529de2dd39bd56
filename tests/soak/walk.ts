import { PASSWORD } from '../support/password.js';
import type { Target } from './grammar.js';
import type { KeepAliveSocket, SocketAnswer } from './keep-alive-socket.js';
import { CALLBACK } from './server-messages.js';
import { serialize, shot, targetOf, type Shot } from './shot.js';

/** A person's browser and their application on one socket: the whole flow, from the sign-in to the API. */
export class Walker {
  readonly #socket: KeepAliveSocket;
  readonly #target: Target;
  readonly #address: string;
  readonly #see: (answer: SocketAnswer, target: string) => void;
  readonly #cookies = new Map<string, string>();

  constructor(
    socket: KeepAliveSocket,
    target: Target,
    watch: { readonly address: string; readonly see: (answer: SocketAnswer, target: string) => void },
  ) {
    this.#socket = socket;
    this.#target = target;
    this.#address = watch.address;
    this.#see = watch.see;
  }

  async signIn(username: string): Promise<void> {
    const first = await this.#get('/account');
    const named = await this.#post('/sign-in', { flow: flowOf(first), username });
    const second = await this.#get(locationOf(named));
    const done = await this.#post('/sign-in/password', { flow: flowOf(second), password: PASSWORD });
    if (done.status !== 303) throw new Error(`Signing in: ${done.status}`);
  }

  /** @returns what was wrong, if anything */
  async connect(): Promise<void> {
    const { clientId, clientSecret } = this.#target;
    const query = new URLSearchParams({ client_id: clientId, response_type: 'code', redirect_uri: CALLBACK });
    const page = await this.#get(`/oauth2/authorize?${query.toString()}`);
    const allowed = await this.#post('/consent', { flow: flowOf(page), decision: 'allow' });
    const code = new URL(locationOf(allowed)).searchParams.get('code') ?? '';
    const client = { client_id: clientId, client_secret: clientSecret };
    const exchange = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...client };
    const tokens = tokensOf(await this.#post('/oauth2/token', exchange));
    const again = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, ...client };
    const newer = tokensOf(await this.#post('/oauth2/token', again));
    const api = shot('GET', '/attask/api/v14.0/proj/search', {
      headers: [['sessionID', newer.access_token]],
    });
    const { status } = await this.#send(api);
    if (status !== 200) throw new Error(`The API: ${status}`);
  }

  #get(path: string): Promise<SocketAnswer> {
    return this.#send(shot('GET', path));
  }

  #post(path: string, form: Readonly<Record<string, string>>): Promise<SocketAnswer> {
    const headers: [string, string][] = [
      ['origin', `http://localhost:${this.#target.port}`],
      ['sec-fetch-site', 'same-origin'],
    ];
    return this.#send(shot('POST', path, { form: Object.entries(form), headers }));
  }

  async #send(parts: Shot): Promise<SocketAnswer> {
    parts.headers.push(['x-forwarded-for', this.#address]);
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookie !== '') parts.headers.push(['cookie', cookie]);
    const host = `localhost:${this.#target.port}`;
    const answer = await this.#socket.send(serialize(parts, host), parts.method);
    if (answer === undefined) throw new Error(`No answer from ${parts.path}`);
    for (const [, name = '', value = ''] of answer.head.matchAll(/\r\nset-cookie: *([^=]+)=([^;\r]*)/gi)) {
      this.#cookies.set(name, value);
    }
    this.#see(answer, targetOf(parts));
    return answer;
  }
}

function flowOf({ body, status }: SocketAnswer): string {
  const flow = /name="flow"[^>]*value="([^"]*)"/.exec(body)?.[1];
  if (flow === undefined) throw new Error(`No form came: ${status}`);
  return flow;
}

function locationOf({ head, status }: SocketAnswer): string {
  const location = /\r\nlocation: *([^\r]*)/i.exec(head)?.[1];
  if (location === undefined) throw new Error(`No redirect came: ${status}`);
  return location;
}

function tokensOf({ body, status }: SocketAnswer) {
  if (status !== 200) throw new Error(`No tokens came: ${status}`);
  return JSON.parse(body) as { readonly access_token: string; readonly refresh_token: string };
}
