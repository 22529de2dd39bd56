import { Button, Code, Group, TextInput, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { createSecret, deleteSecret, secretsQuery } from '../../../api/application-parts.js';
import { applicationKey } from '../../../api/applications.js';
import type { Secret } from '../../../api/types.js';
import { RecordList } from '../../../components/record-list.js';
import type { Column } from '../../../components/record-table.js';
import { Section } from '../../../components/section.js';
import { useAction } from '../../../components/use-action.js';
import { useText, type Text as Voice } from '../../../text/text.js';
import { showSecret } from '../shown-once.js';
import { ShownSecret } from '../shown-secret.js';
import { useApplication } from '../use-application.js';
import { useShownSecret } from '../use-shown-secret.js';
import { credentialColumns, DeletedBadge } from './credential-columns.js';
import { KeysSection } from './keys-section.js';

/** Several at once, so that one can be replaced without a moment in which none works. */
export function SecretsTab(): ReactNode {
  const { data: application } = useApplication();
  const text = useText();
  const { t } = text;
  const { client_id: clientId } = application;
  const secret = useShownSecret(clientId);
  const query = useInfiniteQuery(secretsQuery(clientId));
  return (
    <>
      <ShownSecret clientId={clientId} />
      {application.kind === 'machine' && <KeysSection clientId={clientId} />}
      <Section title={t('secrets.title')} lead={t('secrets.lead')}>
        <RecordList
          query={query}
          label={t('secrets.title')}
          columns={columnsIn(text, clientId)}
          idOf={(item) => item.secret_id}
          empty={<Text>{t('secrets.none')}</Text>}
          isBare
        />
        {/* One at a time: another would take the place of what is not stored yet. */}
        {secret === undefined && <NewSecret clientId={clientId} />}
      </Section>
    </>
  );
}

function NewSecret({ clientId }: { readonly clientId: string }): ReactNode {
  const { t } = useText();
  const [note, setNote] = useState('');
  const creation = useAction({
    run: (typed: string) => createSecret(clientId, typed === '' ? undefined : typed),
    changes: [applicationKey(clientId)],
    onDone: ({ client_secret: made }) => {
      setNote('');
      showSecret(clientId, made);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        creation.mutate(note.trim());
      }}
    >
      <Group align="end">
        <TextInput
          label={t('secrets.note')}
          description={t('secrets.noteHelp')}
          value={note}
          maxLength={200}
          onChange={(event) => setNote(event.currentTarget.value)}
          flex="1 1 16rem"
        />
        <Button type="submit" loading={creation.isPending}>
          {t('secrets.add')}
        </Button>
      </Group>
    </form>
  );
}

function columnsIn(text: Voice, clientId: string): readonly Column<Secret>[] {
  const { t } = text;
  return [
    {
      key: 'secret',
      label: t('secrets.secret'),
      isTitle: true,
      render: (item) => (
        <Group gap="xs">
          <Code>…{item.last_characters}</Code>
          <Text fw={550}>{item.note}</Text>
          <DeletedBadge deletedAt={item.deleted_at} />
        </Group>
      ),
    },
    ...credentialColumns<Secret>(text, {
      clientId,
      name: (item) => t('secrets.deleteOne', { characters: item.last_characters }),
      title: t('secrets.deleteTitle'),
      help: (item) => t('secrets.deleteHelp', { characters: item.last_characters }),
      done: t('secrets.deletedDone'),
      run: (item) => deleteSecret(clientId, item.secret_id),
    }),
  ];
}
