import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { deleteKey, keysQuery } from '../../../api/application-parts.js';
import type { Key } from '../../../api/types.js';
import { PersonName } from '../../../components/person-name.js';
import { RecordList } from '../../../components/record-list.js';
import type { Column } from '../../../components/record-table.js';
import { SecretOnce } from '../../../components/secret-once.js';
import { Section } from '../../../components/section.js';
import { useText, type Text as Voice } from '../../../text/text.js';
import { credentialColumns, DeletedBadge } from './credential-columns.js';
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
          secret={{
            value: made.privateKey,
            file: { name: `private-key-${made.id.slice(0, 8)}.pem`, text: made.privateKey },
          }}
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
        // One at a time: another would take the place of what is not stored yet.
        made === undefined && (
          <Group>
            <Button onClick={open}>{t('keys.add')}</Button>
          </Group>
        )
      )}
    </Section>
  );
}

function columnsIn(text: Voice, clientId: string): readonly Column<Key>[] {
  const { t } = text;
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
          <DeletedBadge deletedAt={item.deleted_at} />
          <Code className="fingerprint">{item.fingerprint}</Code>
        </Stack>
      ),
    },
    { key: 'by', label: t('keys.actsFor'), render: (item) => <PersonName person={item.registered_by} /> },
    ...credentialColumns<Key>(text, {
      clientId,
      name: (item) => t('keys.deleteOne', { fingerprint: item.fingerprint.slice(0, 16) }),
      title: t('keys.deleteTitle'),
      help: () => t('keys.deleteHelp'),
      done: t('keys.deletedDone'),
      run: (item) => deleteKey(clientId, item.key_id),
    }),
  ];
}
