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
} from './deeds.js';
import type { ModelApplication, ModelGrant, ModelSession, ModelUser } from './model-state.js';

const CODE_MS = 120_000;
const DAY = 86_400_000;
const USE_WRITE_MS = 60_000;
const { sessionIdleTimeoutMs: IDLE_MS, sessionTotalAgeMs: TOTAL_MS } = SETTINGS;

type Argument<D extends keyof Deeds> = Parameters<Deeds[D]>[0];

/** Where one millisecond decides: the code's, the repeat's and the grant's own end. */
export type Border = 'code' | 'window' | 'end';

/** The life of grants as SPEC tells it, with no database: the storage must agree after each step. */
export class GrantModel implements Deeds {
  #now = 0;
  readonly #users = Array.from({ length: USERS }, () => ({ enabled: true, era: 0, lastActiveAt: 0 }));
  readonly #applications: readonly ModelApplication[] = APPLICATIONS.map(({ kind, refreshPolicy }) => ({
    kind,
    lifeMs: (refreshPolicy.absoluteDays ?? Infinity) * DAY,
    absenceMs: (refreshPolicy.inactivityDays ?? Infinity) * DAY,
    rotation: refreshPolicy.rotation,
    enabled: true,
  }));
  readonly #consents = new Set<string>();
  readonly #grants: ModelGrant[] = [];
  readonly #sessions: ModelSession[] = [];

  authorize({ user: u, application: a }: Argument<'authorize'>): string {
    const [user, application] = [named(this.#users, u), named(this.#applications, a)];
    if (!user.enabled || !application.enabled) return 'gone';
    this.#consents.add(`${u} ${a}`);
    const unused = { redeemedAt: undefined, rotatedAt: undefined, answer: undefined };
    const fresh = { revoked: false, generation: 0, answerArrived: false, ...unused };
    const times = { authorizedAt: this.#now, expiresAt: this.#now + application.lifeMs };
    this.#grants.push({ user, application, era: user.era, ...times, ...fresh });
    return 'authorized';
  }

  connect(deed: Argument<'connect'>): string {
    const outcome = this.authorize(deed);
    return outcome === 'authorized' ? this.redeem({ grant: 0, how: 'rightly' }) : outcome;
  }

  redeem({ grant: back, how }: Argument<'redeem'>): string {
    const grant = recent(this.#grants, back);
    if (grant === undefined) return NOTHING;
    if (how === 'wrong-secret') return 'unknown';
    if (how === 'wrong-url') return 'redirect-uri-differs';
    if (!stands(grant) || this.#endOf(grant) <= this.#now) return 'ended';
    if (grant.redeemedAt !== undefined) {
      grant.revoked = true;
      return 'replayed';
    }
    if (this.#now >= grant.authorizedAt + CODE_MS) return 'code-expired';
    grant.redeemedAt = this.#now;
    grant.generation = 1;
    grant.answer = this.#open(grant);
    return 'redeemed';
  }

  refresh({ grant: index, back }: Argument<'refresh'>): string {
    const grant = recent(this.#grants, index);
    if (grant === undefined) return NOTHING;
    const generation = grant.generation - back;
    if (grant.redeemedAt === undefined || generation < 1 || back < 0) return 'unknown';
    if (!stands(grant)) return 'ended';
    if (this.#endOf(grant) <= this.#now) return 'expired';
    if (back === 0) return this.#answer(grant);
    const windowMs = grant.application.kind === 'web' ? DAY : 30_000;
    if (back === 1 && !grant.answerArrived && this.#now < (grant.rotatedAt ?? -Infinity) + windowMs) {
      return this.#repeat(grant);
    }
    grant.revoked = true;
    return 'reused';
  }

  use({ session: back }: Argument<'use'>): string {
    const session = recent(this.#sessions, back);
    if (session === undefined) return NOTHING;
    if (!this.#lives(session)) return 'dead';
    const { pending, lastUsedAt } = session;
    const first = lastUsedAt === undefined && (pending?.first ?? true);
    const latest = Math.max(lastUsedAt ?? -Infinity, pending?.at ?? -Infinity);
    if (first || this.#now - latest >= USE_WRITE_MS) session.pending = { first, at: this.#now };
    return 'alive';
  }

  flush(): string {
    for (const session of this.#sessions) {
      const { grant, pending } = session;
      session.pending = undefined;
      if (pending === undefined) continue;
      session.lastUsedAt = Math.max(session.lastUsedAt ?? 0, pending.at);
      if (grant === undefined)
        session.user.lastActiveAt = Math.max(session.user.lastActiveAt, session.lastUsedAt);
      else if (pending.first && grant.answer === session) grant.answerArrived = true;
    }
    return 'written';
  }

  endSession({ session: back }: Argument<'endSession'>): string {
    const session = recent(this.#sessions, back);
    if (session === undefined) return NOTHING;
    if (!session.ended && session.grant?.answer === session) session.grant.answerArrived = true;
    session.ended = true;
    return 'ended';
  }

  signIn({ user: u }: Argument<'signIn'>): string {
    const user = named(this.#users, u);
    if (!user.enabled) return 'gone';
    user.lastActiveAt = this.#now;
    this.#sessions.push({ ...this.#newSession(user), grant: undefined, lastUsedAt: this.#now });
    return 'signed-in';
  }

  revokeGrant({ grant: back }: Argument<'revokeGrant'>): string {
    const grant = recent(this.#grants, back);
    if (grant === undefined) return NOTHING;
    const before = grant.revoked;
    grant.revoked = true;
    return before ? 'not revoked' : 'revoked';
  }

  revokeConsent({ user, application }: Argument<'revokeConsent'>): string {
    if (!this.#consents.delete(`${user} ${application}`)) return NOTHING;
    const [owner, holder] = [this.#users[user], this.#applications[application]];
    for (const grant of this.#grants)
      if (grant.user === owner && grant.application === holder) grant.revoked = true;
    return 'revoked';
  }

  giveBack({ grant: index, back, forged }: Argument<'giveBack'>): string {
    const grant = recent(this.#grants, index);
    if (grant === undefined) return NOTHING;
    // Of a generation older than the previous one nothing is kept to compare with: its tag has proven it.
    const genuine = back >= 0 && grant.generation - back >= 1 && !(forged && back <= 1);
    if (genuine) grant.revoked = true;
    return 'taken';
  }

  setUser({ user: u, enabled }: Argument<'setUser'>): string {
    const user = named(this.#users, u);
    user.enabled = enabled;
    if (!enabled) user.era += 1;
    return 'set';
  }

  setApplication({ application, enabled }: Argument<'setApplication'>): string {
    named(this.#applications, application).enabled = enabled;
    return 'set';
  }

  setRotation({ application, rotation }: Argument<'setRotation'>): string {
    named(this.#applications, application).rotation = rotation;
    return 'set';
  }

  setAbsoluteDays({ application, days }: Argument<'setAbsoluteDays'>): string {
    named(this.#applications, application).lifeMs = (days ?? Infinity) * DAY;
    return 'set';
  }

  pass({ milliseconds }: Argument<'pass'>): string {
    this.#now += milliseconds;
    return 'passed';
  }

  restart({ written }: Argument<'restart'>): string {
    if (written) this.flush();
    for (const session of this.#sessions) session.pending = undefined;
    return 'up again';
  }

  /** How long until a border of that grant's life; 0 when it is behind us or never comes. */
  untilBorder(back: number, border: Border): number {
    const grant = recent(this.#grants, back);
    if (grant === undefined) return 0;
    const { authorizedAt, application, rotatedAt } = grant;
    const windowMs = application.kind === 'web' ? DAY : 30_000;
    const at = {
      code: authorizedAt + CODE_MS,
      window: (rotatedAt ?? -Infinity) + windowMs,
      end: this.#endOf(grant),
    }[border];
    return Number.isFinite(at) ? Math.max(0, at - this.#now) : 0;
  }

  /** How long until that session ends by itself: unused, and however much it is used. */
  untilSessionEnds(back: number): { readonly idleMs: number; readonly totalMs: number } | undefined {
    const session = recent(this.#sessions, back);
    if (session === undefined || !this.#lives(session)) return undefined;
    const lastUse = Math.max(session.lastUsedAt ?? session.createdAt, session.pending?.at ?? 0);
    return { idleMs: lastUse + IDLE_MS - this.#now, totalMs: session.createdAt + TOTAL_MS - this.#now };
  }

  /** Where the newest refresh token is good: what its application is. */
  refreshable(back: number): { readonly application: number; readonly kind: string } | undefined {
    const grant = recent(this.#grants, back);
    if (grant?.redeemedAt === undefined || !stands(grant) || this.#endOf(grant) <= this.#now)
      return undefined;
    const { application } = grant;
    return { application: this.#applications.indexOf(application), kind: application.kind };
  }

  observe(): Observed {
    return {
      liveSessions: this.#sessions.map((session) => this.#lives(session)),
      grants: this.#grants.map((grant): ObservedGrant => ({
        stands: stands(grant),
        revoked: grant.revoked,
        refreshTokenStands: stands(grant) && grant.redeemedAt !== undefined && this.#endOf(grant) > this.#now,
      })),
    };
  }

  #answer(grant: ModelGrant): string {
    const session = this.#open(grant);
    if (grant.application.rotation) {
      grant.generation += 1;
      grant.rotatedAt = this.#now;
      grant.answer = session;
      grant.answerArrived = false;
    } else {
      grant.answerArrived = true;
    }
    return 'refreshed';
  }

  /** The same session again; when it ended unused meanwhile, another one in its place. */
  #repeat(grant: ModelGrant): string {
    const { answer } = grant;
    if (answer !== undefined && answer.createdAt + IDLE_MS > this.#now) {
      return `repeated, session ${this.#sessions.indexOf(answer)}`;
    }
    grant.answer = this.#open(grant);
    return 'repeated, session replaced';
  }

  #open(grant: ModelGrant): ModelSession {
    const session = { ...this.#newSession(grant.user), grant };
    this.#sessions.push(session);
    return session;
  }

  #newSession(user: ModelUser) {
    const unused = { lastUsedAt: undefined, pending: undefined, ended: false };
    return { user, era: user.era, createdAt: this.#now, ...unused };
  }

  #lives(session: ModelSession): boolean {
    const { user, grant, createdAt } = session;
    const lastUse = Math.max(session.lastUsedAt ?? createdAt, session.pending?.at ?? 0);
    const end = Math.min(lastUse + IDLE_MS, createdAt + TOTAL_MS, grant ? this.#endOf(grant) : Infinity);
    const allowed = grant ? stands(grant) : user.enabled && user.era === session.era;
    return !session.ended && allowed && end > this.#now;
  }

  #endOf({ user, application, authorizedAt, expiresAt }: ModelGrant): number {
    return Math.min(expiresAt, authorizedAt + application.lifeMs, user.lastActiveAt + application.absenceMs);
  }
}

function stands({ revoked, user, application, era }: ModelGrant): boolean {
  return !revoked && application.enabled && user.enabled && user.era === era;
}
