import type { ReactNode } from 'react';

/** Drawn here, on a grid of 20, in the colour of the text around. They repeat what the words say. */
export function Icon(props: { readonly className?: string; readonly children: ReactNode }): ReactNode {
  return (
    <svg
      className={props.className ?? 'icon'}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {props.children}
    </svg>
  );
}

export const ReadIcon = (): ReactNode => (
  <Icon>
    <path d="M1.8 10c2-3.6 4.8-5.4 8.2-5.4s6.2 1.8 8.2 5.4c-2 3.6-4.8 5.4-8.2 5.4S3.8 13.6 1.8 10z" />
    <circle cx="10" cy="10" r="2.4" />
  </Icon>
);

export const WriteIcon = (): ReactNode => (
  <Icon>
    <path d="M12.8 3.7l3.5 3.5L7.2 16.3l-4.3.8.8-4.3z" />
    <path d="M10.9 5.6l3.5 3.5" />
  </Icon>
);

export const ArrowOutIcon = (): ReactNode => (
  <Icon className="icon icon-inline">
    <path d="M7 13L13.5 6.5M8 6h6v6" />
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
  <svg className="mark" viewBox="0 0 24 16" aria-hidden="true" focusable="false" fill="none">
    <path d="M1.5 3.5c6 0 7 4.5 12 4.5h9" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
    <path d="M1.5 12.5c6 0 7-4.5 12-4.5" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
  </svg>
);
