import {
  grantExpiresAt,
  judgeSession,
  Usage,
  type Application,
  type RefreshPolicy,
  type SessionId,
  type User,
} from '@fluxo/core';
import type { ContractHouse } from '../contract-house.js';
import { someDigest } from '../contract-values.js';
import { Grant } from '../grant.js';
import type { Tenant } from '../tenant.js';
import {
  APPLICATIONS,
  NOTHING,
  named,
  recent,
  SETTINGS,
  USERS,
  type Deeds,
  type Observed,
  type ObservedGrant,
  type RealDeeds,
} from './deeds.js';

type Argument<D extends keyof Deeds> = Parameters<Deeds[D]>[0];

interface HeldGrant {
  readonly grant: Grant;
  /** Of the newest refresh token that was given out. */
  generation: number;
}

/** The deeds done on a real database, in an environment of its own. */
export class RealLife implements RealDeeds {
  readonly #tenant: Tenant;
  readonly #users: readonly User[];
  readonly #applications: Application[];
  readonly #grants: HeldGrant[] = [];
  readonly #sessions: SessionId[] = [];
  /** Of one process: what it noted and didn't write dies with it. */
  #usage = new Usage(() => undefined);

  private constructor(tenant: Tenant, users: readonly User[], applications: Application[]) {
    this.#tenant = tenant;
    this.#users = users;
    this.#applications = applications;
  }

  static async begin(house: ContractHouse): Promise<RealLife> {
    const tenant = await house.tenant({ settings: SETTINGS });
    const users = await Promise.all(Array.from({ length: USERS }, () => tenant.user()));
    const applications = await Promise.all(APPLICATIONS.map((parts) => tenant.application(parts)));
    return new RealLife(tenant, users, applications);
  }

  async authorize({ user: u, application: a }: Argument<'authorize'>): Promise<string> {
    const [user, application] = [named(this.#users, u), named(this.#applications, a)];
    const flow = await this.#tenant.flow(this.#tenant.goal(application), { userId: user.id });
    const authorization = this.#tenant.authorization(user, application);
    const outcome = await this.#store.authorize(authorization, flow.id);
    if (outcome === 'authorized') {
      const grant = new Grant(this.#tenant, authorization, { user, application });
      this.#grants.push({ grant, generation: 0 });
    }
    return outcome;
  }

  async connect(deed: Argument<'connect'>): Promise<string> {
    const outcome = await this.authorize(deed);
    return outcome === 'authorized' ? this.redeem({ grant: 0, how: 'rightly' }) : outcome;
  }

  async redeem({ grant: back, how }: Argument<'redeem'>): Promise<string> {
    const held = recent(this.#grants, back);
    if (held === undefined) return NOTHING;
    const input = held.grant.redemption({
      policy: this.#applicationOf(held.grant).refreshPolicy,
      ...(how === 'wrong-secret' ? { codeDigest: someDigest() } : {}),
      ...(how === 'wrong-url' ? { redirectUri: 'https://other.example/callback' } : {}),
    });
    const outcome = await this.#store.redeemAuthorizationCode(input);
    if (outcome.kind === 'redeemed') {
      held.generation = 1;
      this.#sessions.push(input.session.id);
    }
    return outcome.kind === 'refused' ? outcome.reason : outcome.kind;
  }

  /** As core does it: a repeat whose session ended unused gets another one. */
  async refresh({ grant: index, back }: Argument<'refresh'>): Promise<string> {
    const held = recent(this.#grants, index);
    if (held === undefined) return NOTHING;
    const policy = this.#applicationOf(held.grant).refreshPolicy;
    const { rotation } = policy;
    const generation = held.generation - back;
    // Was never given out: no genuine tag, so core asks no storage.
    if (generation < 1) return 'unknown';
    const input = {
      ...held.grant.refreshInput(generation),
      policy,
      successor: rotation ? { digest: held.grant.refreshDigest(generation + 1), keyId: 'key' } : undefined,
    };
    const outcome = await this.#store.rotateRefreshToken(input);
    if (outcome.kind === 'refused') return outcome.reason;
    if (outcome.kind === 'refreshed') {
      this.#sessions.push(input.session.id);
      if (rotation) held.generation += 1;
    }
    if (outcome.kind !== 'repeated') return outcome.kind;
    const { session, now } = { ...input, session: outcome.session };
    const { sessionIdleTimeoutMs } = this.#tenant.environment.settings;
    if (session !== undefined && session.createdAt + sessionIdleTimeoutMs > now) {
      return `repeated, session ${this.#sessions.indexOf(session.id)}`;
    }
    const replacement = {
      grantId: held.grant.id,
      generation: generation + 1,
      expected: session?.id,
      session: input.session,
      now,
    };
    if (!(await this.#store.replaceSuccessorSession(replacement))) return 'ended';
    this.#sessions.push(input.session.id);
    return 'repeated, session replaced';
  }

  async use({ session: back }: Argument<'use'>): Promise<string> {
    const id = recent(this.#sessions, back);
    if (id === undefined) return NOTHING;
    const live = await this.#live(id);
    if (live === undefined) return 'dead';
    this.#usage.sessionUsed(live.evidence, this.#tenant.environment, this.#tenant.now);
    return 'alive';
  }

  async flush(): Promise<string> {
    await this.#usage.flush(this.#tenant.house.storage);
    return 'written';
  }

  async endSession({ session: back }: Argument<'endSession'>): Promise<string> {
    const id = recent(this.#sessions, back);
    if (id === undefined) return NOTHING;
    await this.#tenant.storage.sessions.end(id, this.#tenant.now);
    return 'ended';
  }

  async signIn({ user }: Argument<'signIn'>): Promise<string> {
    const id = await this.#tenant.signIn(named(this.#users, user));
    if ((await this.#tenant.storage.sessions.find(id)) === undefined) return 'gone';
    this.#sessions.push(id);
    return 'signed-in';
  }

  async revokeGrant({ grant: back }: Argument<'revokeGrant'>): Promise<string> {
    const held = recent(this.#grants, back);
    if (held === undefined) return NOTHING;
    const by = { now: this.#tenant.now };
    const revoked = await this.#store.revokeGrant(held.grant.id, 'revoked-by-administrator', by);
    return revoked ? 'revoked' : 'not revoked';
  }

  async revokeConsent({ user, application }: Argument<'revokeConsent'>): Promise<string> {
    const { id } = named(this.#users, user);
    const { clientId } = named(this.#applications, application);
    const consents = await this.#store.listConsents(id);
    const consent = consents.find((one) => one.application.clientId === clientId);
    if (consent === undefined) return NOTHING;
    const revoked = await this.#store.revokeConsent(consent.consentId, id, this.#tenant.now);
    return revoked ? 'revoked' : NOTHING;
  }

  async giveBack({ grant: index, back, forged }: Argument<'giveBack'>): Promise<string> {
    const held = recent(this.#grants, index);
    if (held === undefined) return NOTHING;
    const generation = held.generation - back;
    // Whatever was never given out has no genuine tag: core lets none through.
    if (generation < 1) return 'taken';
    const digest = forged ? someDigest() : held.grant.refreshDigest(generation);
    const by = { now: this.#tenant.now, clientId: held.grant.application.clientId };
    await this.#store.revokeByRefreshToken({ id: held.grant.id, presented: { generation, digest } }, by);
    return 'taken';
  }

  async setUser({ user, enabled }: Argument<'setUser'>): Promise<string> {
    await this.#tenant.storage.users.update(named(this.#users, user).id, { enabled }, this.#tenant.now);
    return 'set';
  }

  setApplication({ application, enabled }: Argument<'setApplication'>): Promise<string> {
    return this.#change(application, { enabled });
  }

  setRotation({ application, rotation }: Argument<'setRotation'>): Promise<string> {
    return this.#changePolicy(application, { rotation });
  }

  setAbsoluteDays({ application, days }: Argument<'setAbsoluteDays'>): Promise<string> {
    return this.#changePolicy(application, { absoluteDays: days });
  }

  pass({ milliseconds }: Argument<'pass'>): Promise<string> {
    this.#tenant.advance(milliseconds);
    return Promise.resolve('passed');
  }

  async restart({ written }: Argument<'restart'>): Promise<string> {
    if (written) await this.flush();
    this.#usage = new Usage(() => undefined);
    await this.#tenant.house.reopen();
    return 'up again';
  }

  async observe(): Promise<Observed> {
    return {
      liveSessions: await Promise.all(this.#sessions.map(async (id) => (await this.#live(id)) !== undefined)),
      grants: await Promise.all(this.#grants.map((held) => this.#observeGrant(held))),
    };
  }

  async #observeGrant({ grant, generation }: HeldGrant): Promise<ObservedGrant> {
    const summary = await this.#store.find(grant.id);
    const presented = { generation, digest: grant.refreshDigest(generation) };
    const found = await this.#store.findByRefreshToken({ id: grant.id, presented });
    const end =
      found &&
      grantExpiresAt(found.grant, this.#applicationOf(grant).refreshPolicy, found.grant.userLastActiveAt);
    return {
      stands: summary?.stands === true,
      revoked: summary?.revokedAt !== null,
      refreshTokenStands: end !== undefined && end > this.#tenant.now,
    };
  }

  /** As it is now. */
  #applicationOf({ application: { clientId } }: Grant): Application {
    const found = this.#applications.find((application) => application.clientId === clientId);
    if (found === undefined) throw new Error('No such application.');
    return found;
  }

  #changePolicy(index: number, change: Partial<RefreshPolicy>): Promise<string> {
    const { refreshPolicy } = named(this.#applications, index);
    return this.#change(index, { refreshPolicy: { ...refreshPolicy, ...change } });
  }

  async #change(index: number, change: Partial<Application>): Promise<string> {
    const application = { ...named(this.#applications, index), ...change };
    this.#applications[index] = application;
    await this.#tenant.storage.applications.update(application);
    return 'set';
  }

  async #live(id: SessionId) {
    const { environment, storage, now } = this.#tenant;
    const evidence = await storage.sessions.find(id);
    if (evidence === undefined) return undefined;
    const written = evidence.lastUsedAt ?? evidence.createdAt;
    const lastUse = Math.max(written, this.#usage.pendingUseOf(id));
    return judgeSession(evidence, environment.settings, { now, lastUse });
  }

  get #store() {
    return this.#tenant.storage.grants;
  }
}
