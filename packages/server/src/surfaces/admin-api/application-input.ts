import type { ApplicationInput } from '@fluxo/core';
import type { Static } from 'typebox';
import { withoutUndefined } from '../../without-undefined.js';
import type { ApplicationChange } from './schemas/application.schema.js';

/** What is left out stays left out: the rules of the domain say what that means. */
export function toApplicationChange(
  body: Static<typeof ApplicationChange>,
): Partial<Omit<ApplicationInput, 'kind'>> {
  const { refresh_policy: policy } = body;
  return {
    ...withoutUndefined({
      name: body.name,
      description: body.description,
      descriptionUrl: body.description_url,
      privacyUrl: body.privacy_url,
      termsUrl: body.terms_url,
      developerName: body.developer_name,
      developerEmail: body.developer_email,
      redirectUrls: body.redirect_urls,
      rememberConsent: body.remember_consent,
      tokenType: body.token_type,
      enabled: body.enabled,
      introspectEnvironment: body.introspect_environment,
      adminApi: body.admin_api,
    }),
    ...(policy === undefined
      ? {}
      : {
          refreshPolicy: withoutUndefined({
            rotation: policy.rotation,
            absoluteDays: policy.absolute_days,
            inactivityDays: policy.inactivity_days,
          }),
        }),
  };
}
