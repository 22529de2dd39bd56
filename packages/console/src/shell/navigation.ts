import type { ReactNode } from 'react';
import { ApplicationsIcon } from '../components/icons.js';
import type { MessageKey } from '../text/english.js';

export interface NavigationEntry {
  readonly to: '/applications';
  readonly label: MessageKey;
  readonly Icon: () => ReactNode;
}

/** The rooms of the console, in the order in which people need them. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { to: '/applications', label: 'shell.nav.applications', Icon: ApplicationsIcon },
];
