import { randomBytes } from 'node:crypto';
import {
  createFluxoClient,
  type Fetch,
  type FluxoClient,
  type PendingAuthorization,
  type TokenStore,
} from '@fluxo/client';
import type { PlannerSession, SessionFile } from './session-file.js';

/** How this application is known to one organization at Fluxo. */
export interface Registration {
  /** The organization's address at Fluxo. */
  readonly fluxoOrigin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Default: the platform's. */
  readonly fetch?: Fetch | undefined;
}

/** Everything that all connections of this application share. */
export interface Registrations {
  readonly redirectUri: string;
  /** The first is taken where nobody chose. */
  readonly organizations: readonly [Registration, ...Registration[]];
}

/** One browser, recognised by its cookie, and its person's connection. */
export interface BrowserSession {
  readonly id: string;
  readonly fluxo: FluxoClient;
  state(): PlannerSession | undefined;
}

/** What a callback belongs to. */
interface Awaited extends Pick<PlannerSession, 'clientId'> {
  readonly pending: PendingAuthorization;
}

/** In seconds. */
const COOKIE_MAX_AGE = 30 * 24 * 60 * 60;

export class BrowserSessions {
  readonly #file: SessionFile;
  readonly #registrations: Registrations;
  readonly #open = new Map<string, BrowserSession>();

  constructor(file: SessionFile, registrations: Registrations) {
    this.#file = file;
    this.#registrations = registrations;
  }

  find(cookieHeader: string | undefined): BrowserSession | undefined {
    const id = /(?:^|;\s*)planner-session=([\w-]{43})(?:;|$)/.exec(cookieHeader ?? '')?.[1];
    return id !== undefined && this.#file.get(id) !== undefined ? this.#session(id) : undefined;
  }

  /** The session as one that may ask that organization; one that asked another ends. */
  async startFor(clientId: string | undefined, session?: BrowserSession): Promise<BrowserSession> {
    const wanted = this.#registration(clientId);
    if (session === undefined) return this.start(wanted.clientId);
    if (this.#registration(session.state()?.clientId) === wanted) return session;
    await this.end(session);
    return this.start(wanted.clientId);
  }

  /** @param clientId which organization it is for, by this application's identifier there */
  async start(clientId?: string): Promise<BrowserSession> {
    const id = randomBytes(32).toString('base64url');
    await this.#file.put(id, { startedAt: Date.now(), clientId: this.#registration(clientId).clientId });
    return this.#session(id);
  }

  /**
   * Ends the session that waited for a callback, so that a callback counts once. The connection goes to a session
   * with a new id: a cookie that somebody planted before must not come to mean the connected person.
   */
  async takePending(session: BrowserSession): Promise<Awaited | undefined> {
    if (session.state()?.pending === undefined) return undefined;
    this.#open.delete(session.id);
    const { pending, clientId } = (await this.#file.take(session.id)) ?? {};
    return pending === undefined ? undefined : { pending, clientId };
  }

  update(session: BrowserSession, change: Partial<PlannerSession>): Promise<void> {
    return this.#file.update(session.id, (state) => ({ ...state, ...change }));
  }

  async end(session: BrowserSession): Promise<void> {
    this.#open.delete(session.id);
    await this.#file.take(session.id);
  }

  /**
   * The cookie that leads back to `session`, or to none. Lax, not Strict: the way back from Fluxo comes from another
   * site and must still find its session.
   */
  cookie(session?: BrowserSession): string {
    const secure = this.#registrations.redirectUri.startsWith('https:') ? '; Secure' : '';
    const maxAge = session === undefined ? 0 : COOKIE_MAX_AGE;
    return `planner-session=${session?.id ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`;
  }

  /** Always the same object for one id: only one client then refreshes for all requests of this browser. */
  #session(id: string): BrowserSession {
    const known = this.#open.get(id);
    if (known !== undefined) return known;
    const { fluxoOrigin: origin, ...registration } = this.#registration(this.#file.get(id)?.clientId);
    const { redirectUri } = this.#registrations;
    const fluxo = createFluxoClient({
      ...{ origin, ...registration, redirectUri },
      tokenStore: this.#tokenStore(id),
    });
    const session = { id, fluxo, state: () => this.#file.get(id) };
    this.#open.set(id, session);
    return session;
  }

  #registration(clientId: string | undefined): Registration {
    const { organizations } = this.#registrations;
    return organizations.find((known) => known.clientId === clientId) ?? organizations[0];
  }

  #tokenStore(id: string): TokenStore {
    return {
      load: () => Promise.resolve(this.#file.get(id)?.tokens),
      save: (tokens) => this.#file.update(id, (state) => ({ ...state, tokens })),
      clear: async () => {
        if (this.#file.get(id) !== undefined) await this.#file.update(id, withoutTokens);
      },
    };
  }
}

function withoutTokens(state: PlannerSession): PlannerSession {
  const { startedAt, clientId, domain, lane } = state;
  return { startedAt, clientId, domain, lane };
}
