import { Badge, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { deleteKey, keysQuery } from '../../../api/application-parts.js';
import { applicationKey } from '../../../api/applications.js';
import type { Key } from '../../../api/types.js';
import { ConfirmedButton } from '../../../components/confirmed-button.js';
import { Moment } from '../../../components/moment.js';
import { PersonName } from '../../../components/person-name.js';
import { RecordList } from '../../../components/record-list.js';
import type { Column } from '../../../components/record-table.js';
import { SecretOnce } from '../../../components/secret-once.js';
import { Section } from '../../../components/section.js';
import { useText, type Text as Voice } from '../../../text/text.js';
import { NewKey } from './new-key.js';

interface MadeKey {
  readonly id: string;
  readonly privateKey: string;
}

/** The keys that a machine signs with. A private key that was made here is handed over once. */
export function KeysSection({ clientId }: { readonly clientId: string }): ReactNode {
  const text = useText();
  const { t } = text;
  const [made, setMade] = useState<MadeKey>();
  const [isAdding, { open, close }] = useDisclosure();
  const query = useInfiniteQuery(keysQuery(clientId));
  return (
    <Section title={t('keys.title')} lead={t('keys.lead')}>
      {made !== undefined && (
        <SecretOnce
          title={t('keys.privateKey')}
          help={t('keys.privateKeyHelp')}
          secret={made.privateKey}
          file={{ name: `private-key-${made.id.slice(0, 8)}.pem`, text: made.privateKey }}
          onStored={() => setMade(undefined)}
        />
      )}
      <RecordList
        query={query}
        label={t('keys.title')}
        columns={columnsIn(text, clientId)}
        idOf={(item) => item.key_id}
        empty={<Text>{t('keys.none')}</Text>}
        isBare
      />
      {isAdding ? (
        <NewKey
          clientId={clientId}
          onClose={close}
          onMade={(key) => {
            close();
            if (key.private_key !== null) setMade({ id: key.key_id, privateKey: key.private_key });
          }}
        />
      ) : (
        <Group>
          <Button onClick={open}>{t('keys.add')}</Button>
        </Group>
      )}
    </Section>
  );
}

function columnsIn({ t }: Voice, clientId: string): readonly Column<Key>[] {
  return [
    {
      key: 'key',
      label: t('keys.key'),
      isTitle: true,
      render: (item) => (
        <Stack gap={2}>
          <Text fw={550}>
            {item.note ?? t('keys.unnamed')} · {item.algorithm}
          </Text>
          {item.deleted_at !== null && (
            <Badge color="danger" variant="light" tt="none">
              {t('secrets.deleted')}
            </Badge>
          )}
          <Code className="fingerprint">{item.fingerprint}</Code>
        </Stack>
      ),
    },
    { key: 'by', label: t('keys.actsFor'), render: (item) => <PersonName person={item.registered_by} /> },
    { key: 'created', label: t('secrets.created'), render: (item) => <Moment at={item.created_at} /> },
    { key: 'used', label: t('applications.lastUsed'), render: (item) => <Moment at={item.last_used_at} /> },
    {
      key: 'actions',
      label: t('common.actions'),
      align: 'end',
      render: (item) =>
        item.deleted_at === null && (
          <ConfirmedButton
            label={t('common.delete')}
            ariaLabel={t('keys.deleteOne', { fingerprint: item.fingerprint.slice(0, 16) })}
            title={t('keys.deleteTitle')}
            action={t('common.delete')}
            run={() => deleteKey(clientId, item.key_id)}
            changes={[applicationKey(clientId)]}
            done={() => t('keys.deletedDone')}
          >
            {t('keys.deleteHelp')}
          </ConfirmedButton>
        ),
    },
  ];
}
