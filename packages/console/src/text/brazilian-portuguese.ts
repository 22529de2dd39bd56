import { activity } from './brazilian-portuguese/activity.js';
import { edit } from './brazilian-portuguese/edit.js';
import { environment } from './brazilian-portuguese/environment.js';
import { identityProviders } from './brazilian-portuguese/identity-providers.js';
import { lanes } from './brazilian-portuguese/lanes.js';
import { redirectUrls } from './brazilian-portuguese/redirect-urls.js';
import { users } from './brazilian-portuguese/users.js';
import { applicationConnect } from './brazilian-portuguese/application-connect.js';
import { applicationParts } from './brazilian-portuguese/application-parts.js';
import { applicationSettings } from './brazilian-portuguese/application-settings.js';
import { applications } from './brazilian-portuguese/applications.js';
import { common } from './brazilian-portuguese/common.js';
import type { Messages } from './english.js';

/** A message that English has and this has not doesn't compile. */
export const brazilianPortuguese: Messages = {
  ...common,
  ...applications,
  ...applicationConnect,
  ...applicationParts,
  ...applicationSettings,
  ...activity,
  ...edit,
  ...environment,
  ...identityProviders,
  ...lanes,
  ...redirectUrls,
  ...users,
};
