import { Button, Modal, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { ComparedApplication } from '../../api/types.js';
import { useText } from '../../text/text.js';

interface Props {
  readonly lane: string;
  readonly application: ComparedApplication;
}

/** Field by field, what would be overwritten. */
export function Differences({ lane, application: { name, differences } }: Props): ReactNode {
  const { t } = useText();
  const [isOpen, { open, close }] = useDisclosure();
  if (differences.length === 0) return '–';
  return (
    <>
      <Button variant="subtle" size="compact-md" onClick={open}>
        {t('lanes.differencesShow', { count: differences.length })}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('lanes.differencesOf', { name })}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Table layout="fixed" aria-label={t('lanes.differencesOf', { name })}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('lanes.field')}</Table.Th>
              <Table.Th scope="col">{t('lanes.here')}</Table.Th>
              <Table.Th scope="col">{t('lanes.there', { lane })}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.map(({ field, here, there }) => (
              <Table.Tr key={field}>
                <Table.Th scope="row" fw={500}>
                  {field}
                </Table.Th>
                <Table.Td>
                  <bdi>{asText(here)}</bdi>
                </Table.Td>
                <Table.Td>
                  <bdi>{asText(there)}</bdi>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Modal>
    </>
  );
}

function asText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(asText).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
