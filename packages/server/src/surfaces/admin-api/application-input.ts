import type { ApplicationInput } from '@fluxo/core';
import type { Static } from 'typebox';
import type { ApplicationChange } from './schemas/application.schema.js';

/** What is left out stays left out: the rules of the domain say what that means. */
export function toApplicationChange(
  body: Static<typeof ApplicationChange>,
): Partial<Omit<ApplicationInput, 'kind'>> {
  const { refresh_policy: policy } = body;
  return {
    ...present({
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
          refreshPolicy: present({
            rotation: policy.rotation,
            absoluteDays: policy.absolute_days,
            inactivityDays: policy.inactivity_days,
          }),
        }),
  };
}

type Present<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** Without the members that are undefined. */
export function present<T extends object>(members: T): Present<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>;
}
