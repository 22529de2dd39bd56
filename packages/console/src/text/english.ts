import { activity } from './english/activity.js';
import { edit } from './english/edit.js';
import { environment } from './english/environment.js';
import { identityProviders } from './english/identity-providers.js';
import { lanes } from './english/lanes.js';
import { redirectUrls } from './english/redirect-urls.js';
import { users } from './english/users.js';
import { applicationConnect } from './english/application-connect.js';
import { applicationParts } from './english/application-parts.js';
import { applicationSettings } from './english/application-settings.js';
import { applications } from './english/applications.js';
import { common } from './english/common.js';

/** One file for each room of the console. */
export const english = {
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
} as const;

export type MessageKey = keyof typeof english;
export type Messages = Readonly<Record<MessageKey, string>>;
