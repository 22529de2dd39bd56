import type { ReactNode } from 'react';
import { ApplicationsIcon } from '../components/icons.js';
import {
  ActivityIcon,
  EnvironmentIcon,
  LanesIcon,
  ProvidersIcon,
  UsersIcon,
} from '../components/room-icons.js';
import type { MessageKey } from '../text/english.js';

export interface NavigationEntry {
  readonly to: '/applications' | '/activity' | '/users' | '/identity-providers' | '/lanes' | '/environment';
  readonly label: MessageKey;
  readonly Icon: () => ReactNode;
}

/** The rooms of the console, in the order in which people need them. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { to: '/applications', label: 'shell.nav.applications', Icon: ApplicationsIcon },
  { to: '/activity', label: 'shell.nav.activity', Icon: ActivityIcon },
  { to: '/users', label: 'shell.nav.users', Icon: UsersIcon },
  { to: '/identity-providers', label: 'shell.nav.identityProviders', Icon: ProvidersIcon },
  { to: '/lanes', label: 'shell.nav.lanes', Icon: LanesIcon },
  { to: '/environment', label: 'shell.nav.environment', Icon: EnvironmentIcon },
];
