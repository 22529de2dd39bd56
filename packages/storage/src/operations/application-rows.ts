import {
  redirectOrigin,
  type Application,
  type ApplicationSecretDigest,
  type ClientId,
  type EnvironmentId,
  type SecretId,
} from '@fluxo/core';
import type { Insertable, Selectable } from 'kysely';
import type { Tables } from '../schema/tables.js';

type ApplicationRow = Selectable<Tables['applications']>;

export function toApplication(row: ApplicationRow, redirectUrls: readonly string[]): Application {
  return {
    clientId: row.id as ClientId,
    kind: row.kind,
    name: row.name,
    description: row.description,
    descriptionUrl: row.description_url,
    privacyUrl: row.privacy_url,
    termsUrl: row.terms_url,
    developerName: row.developer_name,
    developerEmail: row.developer_email,
    logoVersion: row.logo_version,
    redirectUrls,
    refreshPolicy: {
      rotation: row.refresh_rotation === 1,
      absoluteDays: row.refresh_absolute_days,
      inactivityDays: row.refresh_inactivity_days,
    },
    rememberConsent: row.remember_consent === 1,
    tokenType: row.token_type,
    enabled: row.enabled === 1,
    introspectEnvironment: row.introspect_environment === 1,
    adminApi: row.admin_api === 1,
    copiedFrom: row.copied_from as ClientId | null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** The columns that an update may change; the logo has its own operation. */
export function applicationColumns(application: Application) {
  const { refreshPolicy } = application;
  return {
    kind: application.kind,
    name: application.name,
    description: application.description,
    description_url: application.descriptionUrl,
    privacy_url: application.privacyUrl,
    terms_url: application.termsUrl,
    developer_name: application.developerName,
    developer_email: application.developerEmail,
    refresh_rotation: flag(refreshPolicy.rotation),
    refresh_absolute_days: refreshPolicy.absoluteDays,
    refresh_inactivity_days: refreshPolicy.inactivityDays,
    remember_consent: flag(application.rememberConsent),
    token_type: application.tokenType,
    enabled: flag(application.enabled),
    introspect_environment: flag(application.introspectEnvironment),
    admin_api: flag(application.adminApi),
    copied_from: application.copiedFrom,
    updated_at: application.updatedAt,
  };
}

export function redirectUrlRows(
  application: Application,
  environmentId: EnvironmentId,
): readonly Insertable<Tables['redirect_urls']>[] {
  return application.redirectUrls.map((url, position) => ({
    application_id: application.clientId,
    environment_id: environmentId,
    position,
    url,
    origin: redirectOrigin(url),
  }));
}

export function secretColumns(
  secret: ApplicationSecretDigest,
  clientId: ClientId,
  environmentId: EnvironmentId,
): Insertable<Tables['application_secrets']> {
  return {
    id: secret.id,
    environment_id: environmentId,
    application_id: clientId,
    digest: secret.digest,
    note: secret.note,
    last_characters: secret.lastCharacters,
    created_at: secret.createdAt,
    last_used_at: secret.lastUsedAt,
    deleted_at: secret.deletedAt,
  };
}

export function toSecret(row: Selectable<Tables['application_secrets']>): ApplicationSecretDigest {
  return {
    id: row.id as SecretId,
    note: row.note,
    lastCharacters: row.last_characters,
    // A tombstone's digest is gone: nothing equals an empty one.
    digest: row.digest ?? new Uint8Array(),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    deletedAt: row.deleted_at,
  };
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}
