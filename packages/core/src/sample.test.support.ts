import { createHash } from 'node:crypto';
import type { Application } from './applications/application.js';
import { DEFAULT_ENVIRONMENT_SETTINGS, type Environment } from './environments/environment.js';
import type { SessionEvidence, SessionGrant } from './sessions/session.js';
import type { ClientId, ConsentId, EnvironmentId, GrantId, SessionId, UserId } from './ids.js';

export const NOW = Date.UTC(2026, 2, 2, 9);
export const CALLBACK = 'https://app.example.com/callback';

/** An identifier that follows from its name. */
function id<I extends string>(name: string): I {
  return createHash('sha256').update(name).digest('hex').slice(0, 32) as I;
}

export const sampleIds = {
  environment: id<EnvironmentId>('environment'),
  client: id<ClientId>('client'),
  user: id<UserId>('user'),
  grant: id<GrantId>('grant'),
  session: id<SessionId>('session'),
  consent: id<ConsentId>('consent'),
};

export function sampleDigest(name: string): Buffer {
  return createHash('sha256').update(name).digest();
}

export function sampleEnvironment(overrides: Partial<Environment> = {}): Environment {
  return {
    id: sampleIds.environment,
    domain: 'acme',
    lane: 'my',
    name: 'Acme',
    settings: DEFAULT_ENVIRONMENT_SETTINGS,
    logoVersion: null,
    createdAt: NOW,
    ...overrides,
  };
}

export function sampleApplication(overrides: Partial<Application> = {}): Application {
  return {
    clientId: sampleIds.client,
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
    refreshPolicy: { rotation: false, absoluteDays: null, inactivityDays: null },
    rememberConsent: false,
    tokenType: 'by-endpoint',
    enabled: true,
    introspectEnvironment: false,
    adminApi: false,
    copiedFrom: null,
    createdAt: NOW,
    updatedAt: NOW,
    ...overrides,
  };
}

export function sampleGrant(overrides: Partial<SessionGrant> = {}): SessionGrant {
  return {
    id: sampleIds.grant,
    clientId: sampleIds.client,
    consentId: sampleIds.consent,
    stands: true,
    authorizedAt: NOW,
    expiresAt: null,
    refreshPolicy: { rotation: false, absoluteDays: null, inactivityDays: null },
    tokenType: 'by-endpoint',
    ...overrides,
  };
}

/** A browser's session; with a grant, an application's. */
export function sampleSession(overrides: Partial<SessionEvidence> = {}): SessionEvidence {
  return {
    id: sampleIds.session,
    origin: overrides.grant === undefined ? 'browser' : 'application',
    digest: sampleDigest('session'),
    createdAt: NOW,
    lastUsedAt: null,
    endedAt: null,
    userAgent: null,
    userAllows: true,
    user: { id: sampleIds.user, username: 'ada', name: 'Ada', administrator: false, lastActiveAt: NOW },
    grant: undefined,
    ...overrides,
  };
}
