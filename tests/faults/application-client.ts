import { REDIRECT_URL, type Answer, type FluxoHouse, type RunningServer } from '../cli/fluxo-process.js';
import { authorizePath, Person } from '../cli/person.js';
import { newConnection, type Connection } from './remembered.js';

const HOST = 'acme.my.localhost';

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** An application and its user, over HTTP. It writes down each answer, and each question before it is asked. */
export class ApplicationClient {
  readonly person: Person;
  readonly #credentials: Readonly<Record<string, string>>;
  #server: RunningServer;
  /** Answers that came. */
  answers = 0;

  constructor(
    server: RunningServer,
    credentials: { readonly clientId: string; readonly clientSecret: string },
  ) {
    this.#server = server;
    this.person = new Person(server, HOST);
    this.#credentials = { client_id: credentials.clientId, client_secret: credentials.clientSecret };
  }

  get authorizePath(): string {
    return authorizePath(this.#credentials['client_id'] ?? '');
  }

  moveTo(server: RunningServer): void {
    this.#server = server;
    this.person.moveTo(server);
  }

  async authorize(): Promise<Connection> {
    const code = await this.person.allowsAgain(this.authorizePath);
    this.answers += 1;
    return newConnection(code);
  }

  async redeem(connection: Connection): Promise<Answer> {
    if (connection.redemption === 'none') connection.redemption = 'sent';
    const { code } = connection;
    const answer = await this.#post('/oauth2/token', {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URL,
    });
    if (answer.status === 200) {
      connection.redemption = 'acknowledged';
      keep(connection, answer);
    }
    return answer;
  }

  async refresh(connection: Connection): Promise<Answer> {
    const { refreshToken } = connection;
    const answer = await this.#post('/oauth2/token', {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    if (answer.status === 200) keep(connection, answer);
    return answer;
  }

  async revoke(connection: Connection): Promise<Answer> {
    if (connection.revocation === 'none') connection.revocation = 'sent';
    const answer = await this.#post('/oauth2/revoke', { token: connection.refreshToken });
    if (answer.status === 200) connection.revocation = 'acknowledged';
    return answer;
  }

  /** What the API says to the newest session. */
  async isAlive({ accessToken }: Pick<Connection, 'accessToken'>): Promise<boolean> {
    const headers = { sessionid: accessToken };
    const { status } = await this.#server.ask('/attask/api/v14.0/proj/search', { host: HOST, headers });
    if (status !== 200 && status !== 401) throw new Error(`The API answered ${status}.`);
    return status === 200;
  }

  introspect({ accessToken }: Pick<Connection, 'accessToken'>): Promise<Answer> {
    return this.#post('/oauth2/introspect', { token: accessToken });
  }

  async #post(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const answer = await this.#server.ask(path, {
      host: HOST,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...fields, ...this.#credentials }).toString(),
    });
    this.answers += 1;
    return answer;
  }
}

/** A user who is signed in, and an application whose refresh tokens rotate. */
export async function startClient(
  house: FluxoHouse,
  server: RunningServer,
  credentials: { readonly clientId: string; readonly clientSecret: string },
): Promise<ApplicationClient> {
  await house.json(['application', 'update', 'acme.my', credentials.clientId, '--refresh-rotation', 'on']);
  const client = new ApplicationClient(server, credentials);
  await client.person.allows(client.authorizePath);
  return client;
}

function keep(connection: Connection, { body }: Answer): void {
  const tokens = JSON.parse(body) as Tokens;
  connection.accessToken = tokens.access_token;
  connection.refreshToken = tokens.refresh_token;
}
