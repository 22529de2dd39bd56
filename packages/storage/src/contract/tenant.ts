import {
  FLOW_LIFETIME_MS,
  judgeSession,
  newAuthorization,
  newOpaqueId,
  newOrderedId,
  systemRandom,
  usernameKey,
  type Application,
  type ApplicationSecretDigest,
  type AuditEventId,
  type AuditEventType,
  type Authorization,
  type AuthorizationGoal,
  type ClientId,
  type Environment,
  type Flow,
  type FlowId,
  type IdentityProvider,
  type IdentityProviderId,
  type IdentityProviderRow,
  type KeptProviderSession,
  type NewSecondFactor,
  type NewUserRow,
  type PasswordLink,
  type RefusalEvent,
  type SealedSecret,
  type SecretId,
  type SessionId,
  type SignInProof,
  type StandingConsent,
  type User,
  type UserId,
} from '@fluxo/core';
import type { ContractEnvironment, ContractHouse } from './contract-house.js';
import { CALLBACK, HOUR_MS, KEY_ID, someDigest } from './contract-values.js';
import type { GrantParts } from './grant-parts.js';
import { Grant } from './grant.js';

/** One environment of the suite's database, and short ways to put something into it. */
export class Tenant {
  readonly environment: Environment;
  readonly house: ContractHouse;

  constructor(environment: Environment, house: ContractHouse) {
    this.environment = environment;
    this.house = house;
  }

  /** Asked for each time: the house may have closed and opened its storage meanwhile. */
  get storage(): ContractEnvironment {
    return this.house.storage.forEnvironment(this.environment.id);
  }

  get now(): number {
    return this.house.clock.now(this.environment.id);
  }

  advance(milliseconds: number): void {
    this.house.clock.advance(this.environment.id, milliseconds);
  }

  newUser(overrides: Partial<User> = {}): User {
    const id = newOpaqueId<UserId>(systemRandom);
    const user = { id, username: `${id.slice(0, 8)}@example.com`, name: 'Ada', administrator: false };
    return {
      ...user,
      ...{ email: null, onlySingleSignOn: false, disabledAt: null },
      createdAt: this.now,
      lastActiveAt: this.now,
      ...overrides,
    };
  }

  userRow(overrides: Partial<User> = {}): NewUserRow {
    const user = this.newUser(overrides);
    return { ...user, usernameKey: usernameKey(user.username), passwordHash: '$argon2id$example' };
  }

  async user(overrides: Partial<User> = {}): Promise<User> {
    const user = this.newUser(overrides);
    await this.storage.users.create(this.userRow(user));
    return user;
  }

  applicationRow(overrides: Partial<Application> = {}): Application {
    return {
      clientId: newOpaqueId<ClientId>(systemRandom),
      kind: 'web',
      name: 'Reports',
      description: null,
      descriptionUrl: null,
      privacyUrl: null,
      termsUrl: null,
      developerName: null,
      developerEmail: null,
      logoVersion: null,
      redirectUrls: [CALLBACK],
      refreshPolicy: { rotation: true, absoluteDays: null, inactivityDays: null },
      rememberConsent: false,
      tokenType: 'by-endpoint',
      enabled: true,
      introspectEnvironment: false,
      adminApi: false,
      copiedFrom: null,
      createdAt: this.now,
      updatedAt: this.now,
      ...overrides,
    };
  }

  async application(overrides: Partial<Application> = {}): Promise<Application> {
    const application = this.applicationRow(overrides);
    const outcome = await this.storage.applications.register(application, undefined);
    if (outcome !== 'registered') throw new Error(`The application was not registered: ${outcome}.`);
    return application;
  }

  async identityProvider(
    overrides: Partial<IdentityProviderRow> = {},
    secret?: SealedSecret,
  ): Promise<IdentityProvider> {
    const provider: IdentityProviderRow = {
      id: newOpaqueId<IdentityProviderId>(systemRandom),
      name: 'Acme',
      enabled: true,
      settings: {
        ...{ kind: 'oidc', issuer: 'https://id.example.com', clientId: 'fluxo', scope: 'openid' },
        clientAuthentication: 'none',
      },
      emailDomains: [],
      attributes: { firstName: null, lastName: null, email: null, federationId: null },
      autoProvision: false,
      updateNames: false,
      createdAt: this.now,
      updatedAt: this.now,
      ...overrides,
    };
    await this.storage.identityProviders.create(provider, secret);
    return { ...provider, hasSecret: secret !== undefined, lastUsedAt: null };
  }

  secret(overrides: Partial<ApplicationSecretDigest> = {}): ApplicationSecretDigest {
    const id = newOrderedId<SecretId>(this.house.essentials);
    const times = { createdAt: this.now, lastUsedAt: null, deletedAt: null };
    return { id, note: null, lastCharacters: 'xY', digest: someDigest(), ...times, ...overrides };
  }

  goal(application: Application, overrides: Partial<AuthorizationGoal> = {}): AuthorizationGoal {
    return {
      kind: 'authorization',
      family: 'dialect',
      clientId: application.clientId,
      redirectUri: CALLBACK,
      redirectUriSent: true,
      state: null,
      codeChallenge: null,
      alwaysAsk: false,
      loginHint: null,
      uiLocales: null,
      ...overrides,
    };
  }

  flowRow(goal: Flow['goal'], overrides: Partial<Flow> = {}): Flow {
    return {
      id: newOrderedId<FlowId>(this.house.essentials),
      digest: someDigest(),
      browserDigest: someDigest(),
      goal,
      username: null,
      userId: null,
      forceLogin: false,
      providerId: null,
      providerStateDigest: null,
      proof: null,
      createdAt: this.now,
      expiresAt: this.now + FLOW_LIFETIME_MS,
      ...overrides,
    };
  }

  async flow(goal: Flow['goal'], overrides: Partial<Flow> = {}): Promise<Flow> {
    const flow = this.flowRow(goal, overrides);
    await this.storage.flows.begin(flow);
    return flow;
  }

  authorization(user: User, application: Application, goal = this.goal(application)): Authorization {
    const context = { essentials: this.house.essentials, environment: this.environment };
    return newAuthorization(goal, { application, userId: user.id }, context).authorization;
  }

  /** A grant whose code was not exchanged yet. */
  async authorized(parts: Partial<GrantParts> = {}): Promise<Grant> {
    const user = parts.user ?? (await this.user());
    const application = parts.application ?? (await this.application());
    const goal = this.goal(application, parts.goal);
    const flow = await this.flow(goal, { userId: user.id });
    const authorization = this.authorization(user, application, goal);
    const outcome = await this.storage.grants.authorize(authorization, flow.id);
    if (outcome !== 'authorized') throw new Error(`The grant was not authorized: ${outcome}.`);
    return new Grant(this, authorization, { user, application });
  }

  /** A grant whose code was exchanged: the application has a session and the first refresh token. */
  async connected(parts: Partial<GrantParts> = {}): Promise<Grant> {
    const grant = await this.authorized(parts);
    const outcome = await grant.redeem();
    if (outcome.kind !== 'redeemed') throw new Error(`The code was not redeemed: ${outcome.kind}.`);
    return grant;
  }

  /** The consent that a grant stands under. */
  async consentOf({ user, application }: Grant): Promise<StandingConsent> {
    const consents = await this.storage.grants.listConsents(user.id);
    const found = consents.find((consent) => consent.application.clientId === application.clientId);
    if (found === undefined) throw new Error('No such consent.');
    return found;
  }

  /** What a provider said of a session of its own. */
  providerSession(overrides: Partial<KeptProviderSession> = {}): KeptProviderSession {
    const sealed = { keyId: KEY_ID, bytes: someDigest() };
    return { subjectDigest: someDigest(), index: '_session-1', sealed, ...overrides };
  }

  /** As `signIn`, by a provider that knows the user. */
  async signInThrough(
    user: User,
    identity: Omit<Extract<SignInProof, { readonly kind: 'provider' }>, 'kind'>,
  ): Promise<SessionId> {
    return this.signIn(user, null, { kind: 'provider', ...identity });
  }

  /** The user signs in within a flow of its own. */
  async signIn(
    user: User,
    previousSessionId: SessionId | null = null,
    proof: SignInProof = { kind: 'password' },
  ): Promise<SessionId> {
    const flow = await this.flow({ kind: 'page', path: '/account', uiLocales: null });
    const session = { id: newOrderedId<SessionId>(this.house.essentials), digest: someDigest() };
    await this.storage.flows.signIn({
      flowId: flow.id,
      expectedFlowDigest: flow.digest,
      newFlowDigest: someDigest(),
      userId: user.id,
      proof,
      session: { ...session, userAgent: 'Browser' },
      previousSessionId,
      secondFactor: 'none',
      sessionIdleTimeoutMs: this.environment.settings.sessionIdleTimeoutMs,
      now: this.now,
    });
    return session.id;
  }

  secondFactorRow(user: User, usedStep = 100): NewSecondFactor {
    const seed = { keyId: KEY_ID, bytes: someDigest() };
    return { userId: user.id, seed, usedStep, recoveryDigests: [someDigest(), someDigest()], now: this.now };
  }

  passwordLink(user: User, overrides: Partial<PasswordLink> = {}): PasswordLink {
    const link = { userId: user.id, digest: someDigest(), expiresAt: this.now + HOUR_MS };
    return { ...link, purpose: 'reset', ...overrides };
  }

  async isAlive(sessionId: SessionId): Promise<boolean> {
    const evidence = await this.storage.sessions.find(sessionId);
    if (evidence === undefined) return false;
    const moment = { now: this.now, lastUse: evidence.lastUsedAt ?? evidence.createdAt };
    return judgeSession(evidence, this.environment.settings, moment) !== undefined;
  }

  /** One to be recorded. */
  refusal(more: Partial<RefusalEvent> = {}): RefusalEvent {
    const id = newOrderedId<AuditEventId>(this.house.essentials);
    return { id, type: 'token.refused', at: this.now, ...more };
  }

  /** Newest first. */
  async auditTypes(): Promise<readonly AuditEventType[]> {
    return (await this.storage.audit.list(1000)).map((event) => event.type);
  }
}
