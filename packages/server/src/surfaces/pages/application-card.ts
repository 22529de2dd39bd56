import type { Application } from '@fluxo/core';
import type { ApplicationCard } from '@fluxo/ui';

/** An application as its users see it: nothing that isn't for them. */
export function toApplicationCard(application: Application): ApplicationCard {
  const { clientId, logoVersion } = application;
  const optional = {
    description: application.description,
    logoPath: logoVersion === null ? null : `/applications/${clientId}/logo?v=${logoVersion}`,
    developerName: application.developerName,
    developerEmail: application.developerEmail,
    descriptionUrl: application.descriptionUrl,
    privacyUrl: application.privacyUrl,
    termsUrl: application.termsUrl,
  };
  const present = Object.entries(optional).filter(([, value]) => value !== null);
  return { name: application.name, ...(Object.fromEntries(present) as Partial<ApplicationCard>) };
}
