import { Skeleton, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useDeferredValue, type ReactNode } from 'react';
import { meQuery } from '../../../api/me.js';
import type { Application } from '../../../api/types.js';
import { useText } from '../../../text/text.js';
import type { SettingsValues } from './settings-form.js';

/** The pages' own component comes with its renderer, so it is loaded for this preview alone. */
const PreviewFrame = lazy(() => import('./preview-frame.js'));

interface Props {
  readonly application: Application;
  readonly values: SettingsValues;
}

/** What people will see, while it is typed. */
export function ConsentPreview({ application, values }: Props): ReactNode {
  const { t } = useText();
  const { data: me } = useSuspenseQuery(meQuery);
  const deferred = useDeferredValue(values);
  if (application.kind === 'machine') return null;
  return (
    <div className="preview">
      <Text size="sm" c="dimmed" mb="xs">
        {t('preview.title')}
      </Text>
      <Suspense fallback={<Skeleton height={560} />}>
        <PreviewFrame me={me} logoPath={application.logo_url} values={deferred} />
      </Suspense>
    </div>
  );
}
