import {
  digestOf,
  newOrderedId,
  type Application,
  type Authorization,
  type GrantId,
  type GrantSummary,
  type NewSession,
  type Redemption,
  type RedemptionOutcome,
  type Refresh,
  type RefreshOutcome,
  type SessionId,
  type User,
} from '@fluxo/core';
import { KEY_ID, someDigest } from './contract-values.js';
import type { Tenant } from './tenant.js';

/** A grant as its application sees it: the code, and what may be asked for with it. */
export class Grant {
  readonly id: GrantId;
  readonly user: User;
  readonly application: Application;
  #sessionId: SessionId | undefined;
  readonly #tenant: Tenant;
  readonly #authorization: Authorization;

  constructor(
    tenant: Tenant,
    authorization: Authorization,
    parties: { readonly user: User; readonly application: Application },
  ) {
    this.id = authorization.grantId;
    this.user = parties.user;
    this.application = parties.application;
    this.#tenant = tenant;
    this.#authorization = authorization;
  }

  /** Of the latest answer. */
  get sessionId(): SessionId {
    if (this.#sessionId === undefined) throw new Error('The grant has no session yet.');
    return this.#sessionId;
  }

  /** The right exchange of the code, except for what is said otherwise. */
  redemption(overrides: Partial<Redemption> = {}): Redemption {
    const { goal, codeDigest } = this.#authorization;
    return {
      grantId: this.id,
      clientId: this.application.clientId,
      codeDigest,
      redirectUri: goal.redirectUriSent ? goal.redirectUri : null,
      codeChallenge: goal.codeChallenge,
      refreshDigest: this.refreshDigest(1),
      keyId: KEY_ID,
      session: this.newSession(),
      policy: this.application.refreshPolicy,
      now: this.#tenant.now,
      ...overrides,
    };
  }

  async redeem(overrides: Partial<Redemption> = {}): Promise<RedemptionOutcome> {
    const input = this.redemption(overrides);
    const outcome = await this.#tenant.storage.grants.redeemAuthorizationCode(input);
    if (outcome.kind === 'redeemed') this.#sessionId = input.session.id;
    return outcome;
  }

  /** A refresh with the token of a generation. */
  refreshInput(generation: number, overrides: Partial<Refresh> = {}): Refresh {
    const { clientId, kind, refreshPolicy } = this.application;
    return {
      grantId: this.id,
      clientId,
      presented: { generation, digest: this.refreshDigest(generation) },
      successor: refreshPolicy.rotation
        ? { digest: this.refreshDigest(generation + 1), keyId: KEY_ID }
        : undefined,
      session: this.newSession(),
      kind,
      policy: refreshPolicy,
      now: this.#tenant.now,
      ...overrides,
    };
  }

  async refresh(generation: number, overrides: Partial<Refresh> = {}): Promise<RefreshOutcome> {
    const input = this.refreshInput(generation, overrides);
    const outcome = await this.#tenant.storage.grants.rotateRefreshToken(input);
    if (outcome.kind === 'refreshed') this.#sessionId = input.session.id;
    return outcome;
  }

  /** The successor follows from what was presented, as it does in core. */
  refreshDigest(generation: number): Buffer {
    return digestOf(`${this.id} ${generation}`);
  }

  newSession(): NewSession {
    const { sessionIdleTimeoutMs } = this.#tenant.environment.settings;
    const id = newOrderedId<SessionId>(this.#tenant.house.essentials);
    return { id, digest: someDigest(), idleTimeoutMs: sessionIdleTimeoutMs };
  }

  /** The application calls with the latest session. */
  async use(at = this.#tenant.now): Promise<void> {
    const { environment, house } = this.#tenant;
    const use = {
      environmentId: environment.id,
      sessionId: this.sessionId,
      origin: 'application' as const,
      userId: this.user.id,
      grantId: this.id,
      first: true,
      at,
      idleExpiresAt: at + environment.settings.sessionIdleTimeoutMs,
    };
    await house.storage.recordUsage({ sessions: [use], secrets: new Map() });
  }

  summary(): Promise<GrantSummary | undefined> {
    return this.#tenant.storage.grants.find(this.id);
  }
}
