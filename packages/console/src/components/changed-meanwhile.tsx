import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';
import { WarningIcon } from './icons.js';

export interface Difference {
  readonly field: string;
  readonly theirs: string;
  readonly yours: string;
}

interface Props {
  readonly differences: readonly Difference[];
  readonly isSaving: boolean;
  readonly onOverwrite: () => void;
  readonly onTakeTheirs: () => void;
}

/** Somebody else was faster (412): theirs beside what was typed, and the person decides. */
export function ChangedMeanwhile({ differences, isSaving, onOverwrite, onTakeTheirs }: Props): ReactNode {
  const { t } = useText();
  return (
    <Alert color="danger" title={t('changed.title')} icon={<WarningIcon />} role="alert">
      <Stack gap="sm">
        <Text>{differences.length === 0 ? t('changed.same') : t('changed.help')}</Text>
        {differences.length > 0 && (
          <Table layout="fixed" aria-label={t('changed.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('changed.field')}</Table.Th>
                <Table.Th>{t('changed.theirs')}</Table.Th>
                <Table.Th>{t('changed.yours')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {differences.map(({ field, theirs, yours }) => (
                <Table.Tr key={field}>
                  <Table.Th scope="row">{field}</Table.Th>
                  <Table.Td>{theirs}</Table.Td>
                  <Table.Td>{yours}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <Group>
          <Button onClick={onOverwrite} loading={isSaving}>
            {t('changed.overwrite')}
          </Button>
          <Button variant="default" onClick={onTakeTheirs}>
            {t('changed.takeTheirs')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
