import { Alert, Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem.js';
import { useText, type Text as Voice } from '../text/text.js';
import { WarningIcon } from './icons.js';

/** The reason in one sentence: the server's own where it gave one. */
export function describeProblem(error: unknown, { t }: Voice): string {
  if (!(error instanceof ApiProblem)) return t('problem.internal');
  if (error.name === 'unreachable') return t('problem.offline');
  if (error.name === 'unreadable') return t('problem.unreadable', { status: error.status });
  if (error.name === 'not-signed-in') return t('problem.signedOut');
  if (error.name === 'precondition-failed') return t('problem.changedMeanwhile');
  return error.message === '' ? t('problem.fieldsAtFault') : error.message;
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
