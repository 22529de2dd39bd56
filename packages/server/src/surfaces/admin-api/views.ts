import type { Application, ApplicationRecord, ConnectionRecord, User, UserRecord } from '@fluxo/core';

export const iso = (time: number): string => new Date(time).toISOString();
export const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time));

/** Addressed by its content: a browser may keep it. */
export function logoUrlOf({
  clientId,
  logoVersion,
}: Pick<Application, 'clientId' | 'logoVersion'>): string | null {
  return logoVersion === null ? null : `/applications/${clientId}/logo?v=${logoVersion}`;
}

const personView = ({ id, username, name }: Pick<User, 'id' | 'username' | 'name'>) => ({
  wid: id,
  ...{ username, name },
});

function countedView({ application, connectedUsers, lastUsedAt }: ApplicationRecord) {
  return {
    client_id: application.clientId,
    name: application.name,
    kind: application.kind,
    enabled: application.enabled,
    logo_url: logoUrlOf(application),
    connected_users: connectedUsers,
    last_used_at: isoOrNull(lastUsedAt),
    created_at: iso(application.createdAt),
  };
}

export const applicationItemView = countedView;

export function applicationView(record: ApplicationRecord) {
  const { application, revision } = record;
  const { refreshPolicy } = application;
  return {
    ...countedView(record),
    description: application.description,
    description_url: application.descriptionUrl,
    privacy_url: application.privacyUrl,
    terms_url: application.termsUrl,
    developer_name: application.developerName,
    developer_email: application.developerEmail,
    redirect_urls: [...application.redirectUrls],
    refresh_policy: {
      rotation: refreshPolicy.rotation,
      absolute_days: refreshPolicy.absoluteDays,
      inactivity_days: refreshPolicy.inactivityDays,
    },
    remember_consent: application.rememberConsent,
    token_type: application.tokenType,
    introspect_environment: application.introspectEnvironment,
    admin_api: application.adminApi,
    updated_at: iso(application.updatedAt),
    revision,
  };
}

export function userView({ user, revision, hasSecondFactor, connectedApplications }: UserRecord) {
  return {
    ...personView(user),
    email: user.email,
    administrator: user.administrator,
    only_single_sign_on: user.onlySingleSignOn,
    enabled: user.disabledAt === null,
    second_factor: hasSecondFactor,
    connected_applications: connectedApplications,
    created_at: iso(user.createdAt),
    last_active_at: iso(user.lastActiveAt),
    revision,
  };
}

export const connectionView = ({ consentId, user, connectedAt, lastUsedAt }: ConnectionRecord) => ({
  consent_id: consentId,
  user: personView(user),
  connected_at: iso(connectedAt),
  last_used_at: isoOrNull(lastUsedAt),
});

export const userConnectionView = ({
  consentId,
  application,
  connectedAt,
  lastUsedAt,
}: ConnectionRecord) => ({
  consent_id: consentId,
  application: {
    client_id: application.clientId,
    name: application.name,
    logo_url: logoUrlOf(application),
  },
  connected_at: iso(connectedAt),
  last_used_at: isoOrNull(lastUsedAt),
});
