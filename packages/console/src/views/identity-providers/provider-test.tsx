import { Alert, Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { beginTest, lastTestQuery } from '../../api/identity-providers.js';
import type { LastTest } from '../../api/types.js';
import { DoneIcon, WarningIcon } from '../../components/icons.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { Section } from '../../components/section.js';
import { useAction } from '../../components/use-action.js';
import { identityProviders } from '../../text/english/identity-providers.js';
import type { MessageKey } from '../../text/english.js';
import { useText } from '../../text/text.js';

/** Try it before anybody depends on it. */
export function ProviderTest({ id }: { readonly id: string }): ReactNode {
  const { t } = useText();
  const [url, setUrl] = useState<string>();
  const { mutate, isPending } = useAction({
    run: () => beginTest(id),
    changes: [],
    onDone: (begun) => {
      setUrl(begun.url);
      const tab = window.open(begun.url, '_blank');
      // What is opened there goes on to the provider, which has no business with this window.
      if (tab !== null) tab.opener = null;
    },
  });
  return (
    <Section title={t('providers.steps.test')} lead={t('providers.steps.testLead')}>
      <Group gap="sm">
        <Button variant="default" loading={isPending} onClick={() => mutate()}>
          {t('providers.test')}
        </Button>
      </Group>
      {url !== undefined && (
        <Alert color="accent" role="status">
          {t('providers.testReady')}{' '}
          <Anchor href={url} target="_blank" rel="noopener" inherit>
            {t('providers.testOpen')} {t('common.newTab')}
          </Anchor>
        </Alert>
      )}
      <LastResult id={id} />
    </Section>
  );
}

function LastResult({ id }: { readonly id: string }): ReactNode {
  const { t } = useText();
  const { data, error, refetch } = useQuery(lastTestQuery(id));
  if (error !== null) return <ProblemAlert error={error} retry={() => void refetch()} />;
  if (data === undefined) return null;
  if (data === null) return <Text c="dimmed">{t('providers.testNone')}</Text>;
  return (
    <Stack gap="md">
      <Verdict test={data} />
      <Lines title={t('providers.mapped')} lines={data.mapped} />
      <Lines title={t('providers.received')} lines={data.received} />
    </Stack>
  );
}

function Verdict({ test: { at, refusal } }: { readonly test: LastTest }): ReactNode {
  const { t, ago } = useText();
  if (refusal === null) {
    return (
      <Alert color="accent" icon={<DoneIcon />} title={t('providers.testWell')}>
        {t('providers.testWellHelp', { when: ago(at) })}
      </Alert>
    );
  }
  const key = `providers.refusal.${refusal.reason}`;
  return (
    <Alert color="danger" icon={<WarningIcon />} title={t('providers.testRefused')}>
      <Text>{Object.hasOwn(identityProviders, key) ? t(key as MessageKey) : refusal.reason}</Text>
      {refusal.detail !== refusal.reason && (
        <Text size="sm" component="bdi">
          {refusal.detail}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('providers.testRefusedHelp', { when: ago(at) })}
      </Text>
    </Alert>
  );
}

interface LinesProps {
  readonly title: string;
  readonly lines: LastTest['received'];
}

function Lines({ title, lines }: LinesProps): ReactNode {
  const { t } = useText();
  if (lines.length === 0) return <Text c="dimmed">{t('providers.nothingCame')}</Text>;
  return (
    <Table layout="fixed" aria-label={title}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{title}</Table.Th>
          <Table.Th scope="col">{t('providers.value')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(({ name, values }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={500}>
              <bdi>{name}</bdi>
            </Table.Th>
            <Table.Td>
              <bdi>{values.length === 0 ? '–' : values.join(', ')}</bdi>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
