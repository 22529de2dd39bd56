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
};
