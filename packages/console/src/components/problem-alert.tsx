import { Alert, Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem.js';
import type { MessageKey } from '../text/english.js';
import { useText, type Text as Voice } from '../text/text.js';
import { WarningIcon } from './icons.js';

/** What is not about what was typed has a sentence of ours, in the reader's language. */
const SENTENCES: Readonly<Record<string, MessageKey>> = {
  unreachable: 'problem.offline',
  'not-signed-in': 'problem.signedOut',
  'request-refused': 'problem.requestRefused',
  'precondition-failed': 'problem.changedMeanwhile',
  internal: 'problem.server',
  unavailable: 'problem.busy',
};

/** The reason in one sentence: the server's own where it gave one. */
export function describeProblem(error: unknown, { t }: Voice): string {
  if (!(error instanceof ApiProblem)) return t('problem.internal');
  const sentence = SENTENCES[error.name];
  if (sentence !== undefined) return t(sentence);
  if (error.message !== '') return error.message;
  return error.errors.length > 0
    ? t('problem.fieldsAtFault')
    : t('problem.unreadable', { status: error.status });
}

interface Props {
  readonly error: unknown;
  readonly retry?: () => void;
}

/** Where something was asked for and didn't come. */
export function ProblemAlert({ error, retry }: Props): ReactNode {
  const text = useText();
  const { t } = text;
  const requestId = error instanceof ApiProblem ? error.requestId : undefined;
  return (
    <Alert color="danger" title={t('problem.title')} icon={<WarningIcon />} role="alert">
      <Stack gap="xs" align="start">
        <Text>{describeProblem(error, text)}</Text>
        {requestId !== undefined && (
          <Text size="sm" c="dimmed">
            {t('problem.requestId', { id: requestId })}
          </Text>
        )}
        {retry !== undefined && (
          <Button variant="default" onClick={retry}>
            {t('common.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
