import { renderPage, type ApplicationCard } from '@fluxo/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { environmentQuery } from '../../../api/environment.js';
import type { Me } from '../../../api/types.js';
import { PageFrame, pagesStylesheet } from '../../../components/page-frame.js';
import { useText } from '../../../text/text.js';
import type { SettingsValues } from './settings-form.js';

interface Props {
  readonly me: Me;
  readonly logoPath: string | null;
  readonly values: SettingsValues;
}

/** The consent page itself, with what is typed. */
export default function PreviewFrame({ me, logoPath, values }: Props): ReactNode {
  const { t, locale } = useText();
  const { data: environment } = useQuery(environmentQuery);
  const orgLogo = environment?.data.appearance.logo_url ?? null;
  const html = useMemo(
    () =>
      renderPage(
        {
          kind: 'consent',
          form: { action: '/consent', flow: '' },
          application: toCard(values, logoPath),
          user: { name: me.user.name, username: me.user.username },
          redirectHost: hostOf(values.redirect_urls[0]),
          remembers: values.remember_consent,
          switchAccountAction: '/sign-in/switch',
        },
        {
          locale,
          requestId: 'preview',
          stylesheetPath: pagesStylesheet(),
          organization: { ...me.environment, ...(orgLogo === null ? {} : { logoPath: orgLogo }) },
        },
      ),
    [values, logoPath, orgLogo, me, locale],
  );
  return (
    <PageFrame
      title={t('preview.title')}
      html={html}
      accentColor={environment?.data.appearance.accent_color ?? null}
    />
  );
}

function toCard(values: SettingsValues, logoPath: string | null): ApplicationCard {
  const texts = {
    description: values.description,
    developerName: values.developer_name,
    developerEmail: values.developer_email,
    descriptionUrl: checkedLink(values.description_url),
    privacyUrl: checkedLink(values.privacy_url),
    termsUrl: checkedLink(values.terms_url),
    logoPath: logoPath ?? '',
  };
  const given = Object.entries(texts).filter(([, text]) => text.trim() !== '');
  return { name: values.name.trim() === '' ? '–' : values.name, ...Object.fromEntries(given) };
}

/** As the server would: a link that it won't take is not shown. */
const checkedLink = (text: string): string => (/^https:\/\/\S+$/.test(text) ? text : '');

const hostOf = (url: string | undefined): string =>
  url !== undefined && URL.canParse(url) && new URL(url).host !== '' ? new URL(url).host : 'planner.example';
