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
} as const;

export type MessageKey = keyof typeof english;
export type Messages = Readonly<Record<MessageKey, string>>;
