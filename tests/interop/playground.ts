import { FluxoHouse, PASSWORD, type RunningServer } from '../cli/fluxo-process.js';
import { Person } from '../cli/person.js';
import { APPLICATIONS, Diary, type Application, type Connection, type Family, type Walk } from './walk.js';

const PATHS: Readonly<Record<Family, Connection['endpoints']>> = {
  standard: { authorize: '/oauth2/authorize', token: '/oauth2/token', revoke: '/oauth2/revoke' },
  dialect: {
    authorize: '/integrations/oauth2/authorize',
    token: '/integrations/oauth2/api/v1/token',
    revoke: '/integrations/oauth2/api/v1/revoke',
  },
};

/** Nobody listens there: the person stops at the redirect. Any port of it is registered with it (RFC 8252 §7.3). */
const REDIRECT_URI = 'http://127.0.0.1:4000/callback';

const OPTIONS: Readonly<Record<Application, readonly string[]>> = {
  web: ['--kind', 'web', '--refresh-rotation', 'on'],
  bearer: ['--kind', 'web', '--refresh-rotation', 'on', '--token-type', 'Bearer'],
  spa: ['--kind', 'spa', '--refresh-absolute-days', '30'],
};

interface Registration {
  readonly client_id: string;
  readonly client_secret: string | null;
}

/** A real `fluxo serve`, furnished from the command line, with one application of each sort. */
export class Playground {
  readonly #house: FluxoHouse;
  readonly #server: RunningServer;
  readonly #registrations: ReadonlyMap<Application, Registration>;

  private constructor(
    house: FluxoHouse,
    server: RunningServer,
    registrations: ReadonlyMap<Application, Registration>,
  ) {
    this.#house = house;
    this.#server = server;
    this.#registrations = registrations;
  }

  static async open(): Promise<Playground> {
    const house = new FluxoHouse();
    await house.json(['environment', 'create', 'acme.my', '--name', 'Acme']);
    const env = { FLUXO_PASSWORD: PASSWORD };
    await house.json(['user', 'create', 'acme.my', 'ana', '--name', 'Ana Souza'], { env });
    const registrations = new Map<Application, Registration>();
    for (const application of APPLICATIONS) {
      const options = [...OPTIONS[application], '--name', application, '--redirect-url', REDIRECT_URI];
      registrations.set(application, await house.json(['application', 'create', 'acme.my', ...options]));
    }
    // The default environment: names under `.localhost` resolve neither in Node nor in Python.
    const server = await house.serve([], { FLUXO_DEFAULT_ENVIRONMENT: 'acme.my' });
    return new Playground(house, server, registrations);
  }

  /** @throws what the client threw, or what it should have seen and didn't */
  async walk({ application, family, run }: Walk): Promise<void> {
    const connection = this.#connect(application, family);
    await run(connection);
    connection.diary.check(family === 'standard' || application === 'bearer' ? 'Bearer' : 'sessionID');
  }

  async close(): Promise<void> {
    await this.#house.remove();
  }

  #connect(application: Application, family: Family): Connection {
    const registration = this.#registrations.get(application);
    if (registration === undefined) throw new Error(`No application ${application} is registered.`);
    const origin = `http://localhost:${this.#server.port}`;
    const { authorize, token, revoke } = PATHS[family];
    return {
      origin,
      endpoints: { authorize: origin + authorize, token: origin + token, revoke: origin + revoke },
      api: `${origin}/attask/api/v14.0/proj/search`,
      clientId: registration.client_id,
      clientSecret: registration.client_secret ?? undefined,
      redirectUri: REDIRECT_URI,
      diary: new Diary(),
      visit: (authorizationUrl) => this.#visit(new URL(authorizationUrl), origin),
    };
  }

  /** A browser of its own each time: everybody signs in. */
  async #visit(url: URL, origin: string): Promise<URL> {
    if (url.origin !== origin) throw new Error(`The client sends people to ${url.origin}.`);
    return new Person(this.#server, 'localhost').allowsAndLeaves(url.pathname + url.search);
  }
}
