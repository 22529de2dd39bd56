import type { Application } from '@fluxo/core';
import { isoTime, type Row } from './output.js';

export function applicationView(application: Application): Row {
  const { refreshPolicy } = application;
  return {
    client_id: application.clientId,
    kind: application.kind,
    name: application.name,
    enabled: application.enabled,
    redirect_urls: application.redirectUrls,
    refresh_rotation: refreshPolicy.rotation,
    refresh_absolute_days: refreshPolicy.absoluteDays,
    refresh_inactivity_days: refreshPolicy.inactivityDays,
    token_type: application.tokenType,
    remember_consent: application.rememberConsent,
    introspect_environment: application.introspectEnvironment,
    admin_api: application.adminApi,
    description: application.description,
    description_url: application.descriptionUrl,
    privacy_url: application.privacyUrl,
    terms_url: application.termsUrl,
    developer_name: application.developerName,
    developer_email: application.developerEmail,
    logo: application.logoVersion !== null,
    created_at: isoTime(application.createdAt),
    updated_at: isoTime(application.updatedAt),
  };
}
