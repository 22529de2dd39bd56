import { applications } from './english/applications.js';
import { common } from './english/common.js';

/** One file for each room of the console. */
export const english = { ...common, ...applications } as const;

export type MessageKey = keyof typeof english;
export type Messages = Readonly<Record<MessageKey, string>>;
