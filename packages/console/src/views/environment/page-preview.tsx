import { renderPage, type Organization, type Page } from '@fluxo/ui';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, type ReactNode } from 'react';
import { meQuery } from '../../api/me.js';
import type { Person } from '../../api/types.js';
import { PageFrame, pagesStylesheet } from '../../components/page-frame.js';
import { useText } from '../../text/text.js';
import type { PreviewedPage } from './appearance.js';

interface Props {
  readonly page: PreviewedPage;
  readonly organization: Pick<Organization, 'name' | 'domain' | 'lane'> & {
    readonly logoPath: string | null;
  };
  /** As typed; what is no colour is not shown. */
  readonly accentColor: string;
}

/** The page itself, with what is typed. */
export default function PagePreview({ page, organization, accentColor }: Props): ReactNode {
  const { t, locale } = useText();
  const { data: me } = useQuery(meQuery);
  const color = useDeferredValue(accentColor.trim().toLowerCase());
  const application = t('environment.preview.application');
  const { name, domain, lane, logoPath } = organization;
  const html = useMemo(
    () =>
      renderPage(pageOf(page, { application, user: me?.user }), {
        ...{ locale, requestId: 'preview', stylesheetPath: pagesStylesheet() },
        organization: { name, domain, lane, ...(logoPath === null ? {} : { logoPath }) },
      }),
    [page, application, me?.user, locale, name, domain, lane, logoPath],
  );
  return <PageFrame title={t('environment.preview')} html={html} accentColor={color} />;
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
