import { ColorInput, SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { deleteEnvironmentLogo, environmentKey, putEnvironmentLogo } from '../../api/environment.js';
import { EditForm } from '../../components/edit-form.js';
import { LogoField } from '../../components/logo-field.js';
import { Section } from '../../components/section.js';
import { useText } from '../../text/text.js';
import { useEnvironmentEdit, type OfEnvironment } from './use-environment-edit.js';

/** The pages' own components come with their renderer, so they are loaded for this preview alone. */
const PagePreview = lazy(() => import('./page-preview.js'));
const PAGES = ['sign-in', 'consent'] as const;

export type PreviewedPage = (typeof PAGES)[number];

/** How the pages look, and at once what comes of it. */
export function Appearance({ environment }: OfEnvironment): ReactNode {
  const { t } = useText();
  const [page, setPage] = useState<PreviewedPage>('sign-in');
  const { appearance, name, domain, lane } = environment.data;
  const edit = useEnvironmentEdit({
    environment,
    toValues: ({ appearance: { accent_color } }) => ({ accent_color: accent_color ?? '' }),
    toPatch: ({ accent_color }) => ({
      appearance: { accent_color: accent_color?.trim() === '' ? null : (accent_color?.trim() ?? null) },
    }),
    done: t('environment.appearanceDone'),
  });
  const labels = { accent_color: t('environment.accent') };
  return (
    <Section title={t('environment.appearance')} lead={t('environment.appearanceLead')}>
      <div className="with-preview">
        <Stack gap="lg">
          <EditForm edit={edit} labels={labels}>
            <ColorInput
              label={labels.accent_color}
              description={t('environment.accentHelp')}
              placeholder="#0a6352"
              fixOnBlur={false}
              // Below it stands the button that saves.
              popoverProps={{ position: 'top-start' }}
              eyeDropperButtonProps={{ 'aria-label': t('environment.accentPick') }}
              {...edit.form.getInputProps('accent_color')}
            />
          </EditForm>
          <LogoField
            name={name}
            logoUrl={appearance.logo_url}
            put={putEnvironmentLogo}
            remove={deleteEnvironmentLogo}
            changes={[environmentKey]}
          />
        </Stack>
        <Stack gap="xs" className="preview">
          <SegmentedControl
            aria-label={t('environment.preview.page')}
            data={PAGES.map((value) => ({ value, label: t(`environment.preview.${value}`) }))}
            value={page}
            onChange={setPage}
          />
          <Suspense fallback={<Skeleton height={560} />}>
            <PagePreview
              page={page}
              organization={{ name, domain, lane, logoPath: appearance.logo_url }}
              accentColor={edit.form.values.accent_color}
            />
          </Suspense>
        </Stack>
      </div>
    </Section>
  );
}
