import { Icon } from '@fluxo/ui/icons';
import type { ReactNode } from 'react';

export { DoneIcon, FluxoMark, Icon, WarningIcon } from '@fluxo/ui/icons';

export const ApplicationsIcon = (): ReactNode => (
  <Icon>
    <rect x="3" y="3" width="5.6" height="5.6" rx="1.4" />
    <rect x="11.4" y="3" width="5.6" height="5.6" rx="1.4" />
    <rect x="3" y="11.4" width="5.6" height="5.6" rx="1.4" />
    <path d="M14.2 11.6v5.2M11.6 14.2h5.2" />
  </Icon>
);

export const SearchIcon = (): ReactNode => (
  <Icon>
    <circle cx="8.8" cy="8.8" r="5.4" />
    <path d="M12.9 12.9l4 4" />
  </Icon>
);

export const RemoveIcon = (): ReactNode => (
  <Icon>
    <path d="M4.5 5.8h11M8 5.6V3.8h4v1.8M6 5.8l.7 10.4h6.6L14 5.8" />
  </Icon>
);

export const BackIcon = (): ReactNode => (
  <Icon>
    <path d="M12.5 4.5L7 10l5.5 5.5" />
  </Icon>
);
