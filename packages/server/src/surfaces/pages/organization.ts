import type { Environment } from '@fluxo/core';
import type { Organization } from '@fluxo/ui';
import { accentStylesheetPath } from './page-assets.js';

/** On every environment's own origin; the version in its query is what a browser keeps it by. */
export const ORGANIZATION_LOGO = '/organization/logo';

/** Whose page it is, as people see it. */
export function toOrganization({ name, domain, lane, settings, logoVersion }: Environment): Organization {
  const { accentColor } = settings;
  return {
    ...{ name, domain, lane },
    ...(logoVersion === null ? {} : { logoPath: `${ORGANIZATION_LOGO}?v=${logoVersion}` }),
    ...(accentColor === null ? {} : { accentStylesheetPath: accentStylesheetPath(accentColor) }),
  };
}
