import { useComputedColorScheme } from '@mantine/core';
import { renderPage, type ApplicationCard } from '@fluxo/ui';
import { useMemo, type ReactNode } from 'react';
import type { Me } from '../../../api/types.js';
import { useText } from '../../../text/text.js';
import type { SettingsValues } from './settings-form.js';

interface Props {
  readonly me: Me;
  readonly logoPath: string | null;
  readonly values: SettingsValues;
}

/**
 * The consent page itself, in a frame in which no script runs, nothing can be sent and nothing be pressed. It is of
 * this origin only so that the logo may be shown in it.
 */
export default function PreviewFrame({ me, logoPath, values }: Props): ReactNode {
  const { t, locale } = useText();
  const colorScheme = useComputedColorScheme();
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
          // No script runs here, and a file that isn't there is asked for in vain.
          consentScriptPath: 'about:blank',
          organization: me.environment,
        },
      ),
    [values, logoPath, me, locale],
  );
  return (
    <div className="preview-window">
      <iframe
        title={t('preview.title')}
        className="preview-frame"
        style={{ colorScheme }}
        srcDoc={html}
        sandbox="allow-same-origin"
        inert
        tabIndex={-1}
      />
    </div>
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

function pagesStylesheet(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="fluxo-pages-stylesheet"]')?.content ?? '';
}
