import type { ReactNode } from 'react';
import type { Text } from '../text/text.js';
import { ArrowOutIcon } from './icons.js';

interface NewTabLinkProps {
  readonly text: Text;
  readonly href: string;
  readonly children: ReactNode;
}

/** Leads away without losing the form on this page; the other page learns nothing about this one. */
export function NewTabLink({ text, href, children }: NewTabLinkProps): ReactNode {
  return (
    <a className="link" href={href} rel="noopener noreferrer" target="_blank">
      {children}
      <ArrowOutIcon />
      <span className="visually-hidden"> {text.t('common.newTab')}</span>
    </a>
  );
}

/** A link somebody registered. The server has checked it; a script address must not survive a slip there. */
export function ExternalLink(props: NewTabLinkProps): ReactNode {
  return /^https?:\/\//i.test(props.href) ? <NewTabLink {...props} /> : null;
}
