import { Badge, Button, Checkbox, Group, Paper, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { copyToLane, lanesKey } from '../../api/lanes.js';
import type { ComparedApplication, CopiedApplication } from '../../api/types.js';
import { Confirm } from '../../components/confirm.js';
import { RecordTable, type Column } from '../../components/record-table.js';
import { useAction } from '../../components/use-action.js';
import { useText, type Text as Voice } from '../../text/text.js';
import { Differences } from './differences.js';

interface Props {
  readonly lane: string;
  readonly applications: readonly ComparedApplication[];
  readonly onCopied: (copied: readonly CopiedApplication[]) => void;
}

export function ComparisonTable({ lane, applications, onCopied }: Props): ReactNode {
  const text = useText();
  const { t } = text;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isAsking, setAsking] = useState(false);
  const copying = useAction({
    run: () => copyToLane(lane, [...chosen]),
    changes: [lanesKey],
    done: ({ copied }) => t('lanes.copyDone', { lane, count: copied.length }),
    onDone: ({ copied }) => {
      setAsking(false);
      setChosen(new Set());
      onCopied(copied);
    },
    // The dialog says it itself.
    onProblem: () => true,
  });
  if (applications.length === 0) return <Text>{t('lanes.nothingToCopy')}</Text>;
  const choose = (id: string, isChosen: boolean): void =>
    setChosen((before) => new Set(isChosen ? [...before, id] : [...before].filter((each) => each !== id)));
  const worthIt = applications.filter(({ state }) => state !== 'same').map((each) => each.client_id);
  const picked = applications.filter((each) => chosen.has(each.client_id));
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Checkbox
          label={t('lanes.chooseAll')}
          disabled={worthIt.length === 0}
          checked={worthIt.length > 0 && worthIt.every((id) => chosen.has(id))}
          indeterminate={chosen.size > 0 && !worthIt.every((id) => chosen.has(id))}
          onChange={({ currentTarget }) => setChosen(new Set(currentTarget.checked ? worthIt : []))}
        />
        <Group gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {t('lanes.chosen', { count: chosen.size })}
          </Text>
          <Button disabled={chosen.size === 0} onClick={() => setAsking(true)}>
            {t('lanes.copy', { lane })}
          </Button>
        </Group>
      </Group>
      <Paper data-surface className="records-surface">
        <RecordTable
          label={t('lanes.comparison.title', { lane })}
          columns={columnsIn({ lane, chosen, choose }, text)}
          items={applications}
          idOf={(application) => application.client_id}
        />
      </Paper>
      <Confirm
        opened={isAsking}
        title={t('lanes.copyTitle', { lane })}
        action={t('lanes.copy', { lane })}
        isRunning={copying.isPending}
        error={copying.error}
        onConfirm={() => copying.mutate()}
        onClose={() => {
          setAsking(false);
          copying.reset();
        }}
      >
        <What lane={lane} picked={picked} />
      </Confirm>
    </Stack>
  );
}

/** Said before it happens, for what is overwritten is gone. */
function What({
  lane,
  picked,
}: {
  readonly lane: string;
  readonly picked: readonly ComparedApplication[];
}): ReactNode {
  const { t } = useText();
  const created = picked.filter(({ state }) => state === 'missing').length;
  const updated = picked.filter(({ state }) => state === 'different').length;
  return (
    <Stack gap="xs">
      {created > 0 && <Text>{t('lanes.copyCreates', { lane, count: created })}</Text>}
      {updated > 0 && <Text>{t('lanes.copyUpdates', { lane, count: updated })}</Text>}
    </Stack>
  );
}

interface Choosing {
  readonly lane: string;
  readonly chosen: ReadonlySet<string>;
  readonly choose: (id: string, isChosen: boolean) => void;
}

function columnsIn({ lane, chosen, choose }: Choosing, text: Voice): readonly Column<ComparedApplication>[] {
  const { t } = text;
  return [
    {
      key: 'application',
      label: t('lanes.comparison.application'),
      isTitle: true,
      render: ({ client_id: id, name, state }) => (
        <Checkbox
          label={<bdi>{name}</bdi>}
          aria-label={t('lanes.comparison.choose', { name })}
          disabled={state === 'same'}
          checked={chosen.has(id)}
          onChange={({ currentTarget }) => choose(id, currentTarget.checked)}
        />
      ),
    },
    { key: 'kind', label: t('applications.kind'), render: ({ kind }) => t(`applications.kind.${kind}`) },
    {
      key: 'state',
      label: t('lanes.comparison.state', { lane }),
      render: ({ state }) => (
        <Badge variant={state === 'same' ? 'default' : 'light'} tt="none">
          {t(`lanes.state.${state}`)}
        </Badge>
      ),
    },
    {
      key: 'differences',
      label: t('lanes.differences'),
      render: (application) => <Differences lane={lane} application={application} />,
    },
  ];
}
