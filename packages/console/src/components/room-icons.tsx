import type { ReactNode } from 'react';
import { Icon } from './icons.js';

export const ActivityIcon = (): ReactNode => (
  <Icon>
    <path d="M2.5 10.5h3.4l2.3-6 3.6 11 2.3-5h3.4" />
  </Icon>
);

export const UsersIcon = (): ReactNode => (
  <Icon>
    <circle cx="7.4" cy="6.6" r="3.1" />
    <path d="M2 16.6c.4-3.2 2.5-5 5.4-5s5 1.8 5.4 5M13 3.9a3.1 3.1 0 0 1 0 5.6M15 12.2c1.8.8 2.8 2.3 3 4.4" />
  </Icon>
);

export const EnvironmentIcon = (): ReactNode => (
  <Icon>
    <path d="M3 5.5h7.4M14.6 5.5H17M3 14.5h2.4M9.6 14.5H17" />
    <circle cx="12.5" cy="5.5" r="2.1" />
    <circle cx="7.5" cy="14.5" r="2.1" />
  </Icon>
);

export const ProvidersIcon = (): ReactNode => (
  <Icon>
    <circle cx="6.6" cy="10" r="3.6" />
    <path d="M10.2 10h7.3M14.4 10v3.2M17.3 10v2.2" />
  </Icon>
);

export const LanesIcon = (): ReactNode => (
  <Icon>
    <rect x="3" y="3" width="9.6" height="9.6" rx="1.8" />
    <path d="M7.4 15.6c.2 1 .9 1.4 1.8 1.4h6c1.1 0 1.8-.7 1.8-1.8v-6c0-.9-.5-1.6-1.4-1.8" />
  </Icon>
);
