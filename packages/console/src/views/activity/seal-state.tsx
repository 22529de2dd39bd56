import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sealQuery } from '../../api/activity.js';
import type { Schemas } from '../../api/types.js';
import { DoneIcon, WarningIcon } from '../../components/icons.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useText } from '../../text/text.js';

/** Whether the log says what it said when it was written: nobody, not even with the database's password, changes it unseen. */
export function SealState(): ReactNode {
  const { t } = useText();
  const { data, error, isFetching, refetch } = useQuery(sealQuery);
  const again = (): void => void refetch();
  if (data === undefined) {
    if (error !== null) return <ProblemAlert error={error} retry={again} />;
    return (
      <Text c="dimmed" size="sm" role="status">
        {t('activity.seal.checking')}
      </Text>
    );
  }
  const { intact } = data;
  return (
    <Alert
      color={intact ? 'accent' : 'danger'}
      icon={intact ? <DoneIcon /> : <WarningIcon />}
      title={t(intact ? 'activity.seal.title' : 'activity.seal.brokenTitle')}
      role={intact ? 'status' : 'alert'}
    >
      <Group justify="space-between" gap="sm">
        <Text flex="1 1 16rem">
          <Words seal={data} />
        </Text>
        <Button variant="default" size="sm" onClick={again} loading={isFetching}>
          {t('activity.seal.again')}
        </Button>
      </Group>
    </Alert>
  );
}

function Words({ seal }: { readonly seal: Schemas['Seal'] }): ReactNode {
  const { t, moment } = useText();
  const { intact, sealed_until: until, checked, first_broken: fault } = seal;
  if (!intact) return t('activity.seal.broken', { fault: fault ?? '—' });
  return until === null
    ? t('activity.seal.none')
    : t('activity.seal.until', { moment: moment(until), count: checked });
}
