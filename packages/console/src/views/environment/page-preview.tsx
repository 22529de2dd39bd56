import { useComputedColorScheme } from '@mantine/core';
import { accentStylesheet, renderPage, type Organization, type Page } from '@fluxo/ui';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, type ReactNode } from 'react';
import { meQuery } from '../../api/me.js';
import type { Person } from '../../api/types.js';
import { useText } from '../../text/text.js';
import { styleNonce } from '../../theme/nonce.js';
import type { PreviewedPage } from './appearance.js';

interface Props {
  readonly page: PreviewedPage;
  readonly organization: Pick<Organization, 'name' | 'domain' | 'lane'> & {
    readonly logoPath: string | null;
  };
  /** As typed; what is no colour is not shown. */
  readonly accentColor: string;
}

/**
 * The page itself, in a frame in which no script runs, nothing can be sent and nothing be pressed. It is of this origin
 * only so that the logo and the pages' style may be shown in it.
 */
export default function PagePreview({ page, organization, accentColor }: Props): ReactNode {
  const { t, locale } = useText();
  const colorScheme = useComputedColorScheme();
  const { data: me } = useQuery(meQuery);
  const color = useDeferredValue(accentColor.trim().toLowerCase());
  const application = t('environment.preview.application');
  const { name, domain, lane, logoPath } = organization;
  const html = useMemo(
    () =>
      asPicture(
        renderPage(pageOf(page, { application, user: me?.user }), {
          ...{ locale, requestId: 'preview', stylesheetPath: pagesStylesheet() },
          // No script runs here.
          consentScriptPath: 'about:blank',
          organization: { name, domain, lane, ...(logoPath === null ? {} : { logoPath }) },
        }),
        color,
      ),
    [page, application, me?.user, locale, name, domain, lane, logoPath, color],
  );
  return (
    <iframe
      title={t('environment.preview')}
      className="preview-frame"
      style={{ colorScheme }}
      srcDoc={html}
      sandbox="allow-same-origin"
      inert
      tabIndex={-1}
    />
  );
}

function pageOf(
  page: PreviewedPage,
  { application, user }: { readonly application: string; readonly user: Person | undefined },
): Page {
  const form = { action: '/', flow: '' };
  if (page === 'sign-in') return { kind: 'sign-in-username', form, application: { name: application } };
  return {
    ...{ kind: 'consent', form, application: { name: application } },
    user: { name: user?.name ?? '', username: user?.username ?? '' },
    ...{ redirectHost: 'app.example', remembers: false, switchAccountAction: '/' },
  };
}

/** The frame has this page's policy, and with it the nonce by which a style may stand in it. */
function asPicture(page: string, color: string): string {
  // Nobody types there, and a browser would say so in its log.
  const html = page.replaceAll(' autofocus=""', '');
  if (!/^#[0-9a-f]{6}$/.test(color)) return html;
  return html.replace('</head>', `<style nonce="${styleNonce()}">${accentStylesheet(color)}</style></head>`);
}

function pagesStylesheet(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="fluxo-pages-stylesheet"]')?.content ?? '';
}
