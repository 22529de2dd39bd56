import { useComputedColorScheme } from '@mantine/core';
import { accentStylesheet } from '@fluxo/ui';
import type { ReactNode } from 'react';
import { styleNonce } from '../theme/nonce.js';

interface Props {
  readonly title: string;
  /** A page as `renderPage` gives it. */
  readonly html: string;
  /** The organization's own colour; what is no colour is not shown. */
  readonly accentColor: string | null;
}

/**
 * A page of ours in a frame in which no script runs, nothing can be sent and nothing be pressed. It is of this origin
 * only so that logos and the pages' style may be shown in it.
 */
export function PageFrame({ title, html, accentColor }: Props): ReactNode {
  const colorScheme = useComputedColorScheme();
  return (
    <div className="preview-window">
      <iframe
        title={title}
        className="preview-frame"
        style={{ colorScheme }}
        srcDoc={asPicture(html, accentColor ?? '')}
        sandbox="allow-same-origin"
        inert
        tabIndex={-1}
      />
    </div>
  );
}

/** The frame has this page's policy, and with it the nonce by which a style may stand in it. */
function asPicture(page: string, color: string): string {
  // Nobody types there, and a browser would say so in its log.
  const html = page.replaceAll(' autofocus=""', '');
  if (!/^#[0-9a-f]{6}$/.test(color)) return html;
  return html.replace('</head>', `<style nonce="${styleNonce()}">${accentStylesheet(color)}</style></head>`);
}

/** Where the pages' own style sheet is: the server says so in this page's head. */
export function pagesStylesheet(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="fluxo-pages-stylesheet"]')?.content ?? '';
}
