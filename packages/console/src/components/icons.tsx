import type { ReactNode } from 'react';

/** Drawn here, on a grid of 20, in the colour of the text around. They repeat what the words say. */
export function Icon({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      className="icon"
    >
      {children}
    </svg>
  );
}

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

export const WarningIcon = (): ReactNode => (
  <Icon>
    <circle cx="10" cy="10" r="7.6" />
    <path d="M10 6v4.6M10 13.6v.1" />
  </Icon>
);

export const DoneIcon = (): ReactNode => (
  <Icon>
    <circle cx="10" cy="10" r="7.6" />
    <path d="M6.6 10.3l2.3 2.3 4.5-4.9" />
  </Icon>
);

export const FluxoMark = (): ReactNode => (
  <svg
    className="mark"
    viewBox="0 0 24 16"
    width="24"
    height="16"
    aria-hidden="true"
    focusable="false"
    fill="none"
  >
    <path d="M1.5 3.5c6 0 7 4.5 12 4.5h9" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
    <path d="M1.5 12.5c6 0 7-4.5 12-4.5" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
  </svg>
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
