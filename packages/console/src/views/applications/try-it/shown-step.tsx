import { Alert, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { CodeBlock } from '../../../components/code-block.js';
import { useText } from '../../../text/text.js';
import type { Step } from './exchange.js';

/** What was sent and what came, as they were. */
export function ShownStep({ step }: { readonly step: Step }): ReactNode {
  const { t } = useText();
  const isFine = step.status >= 200 && step.status < 300;
  return (
    <Stack gap="md">
      <CodeBlock label={t('try.request')} code={step.request} />
      <Alert
        color={isFine ? 'accent' : 'danger'}
        title={t(isFine ? 'try.answered' : 'try.answeredNo', { status: step.status })}
        role="status"
      />
      <CodeBlock label={t('try.answer')} code={step.answer} />
    </Stack>
  );
}
