import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';
import { ProblemAlert } from './problem-alert.js';

/** A view threw: the rest of the console stands. */
export function Broken({ error }: { readonly error: unknown }): ReactNode {
  const { t } = useText();
  return (
    <Stack align="start">
      <ProblemAlert error={error} />
      <Button variant="default" onClick={() => window.location.reload()}>
        {t('common.reload')}
      </Button>
    </Stack>
  );
}
