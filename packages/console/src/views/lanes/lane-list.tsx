import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { lanesQuery } from '../../api/lanes.js';
import type { Lane } from '../../api/types.js';
import { LinkButton } from '../../components/link-button.js';
import { RecordList } from '../../components/record-list.js';
import type { Column } from '../../components/record-table.js';
import { ViewHeader } from '../../components/view-header.js';
import { useText, type Text as Voice } from '../../text/text.js';
import { NewLane } from './new-lane.js';

/** The name that production has in addresses. */
const PRODUCTION = 'my';

export function LaneList(): ReactNode {
  const text = useText();
  const { t } = text;
  return (
    <>
      <ViewHeader title={t('lanes.title')} lead={t('lanes.lead')} />
      <Stack gap="lg">
        <RecordList
          query={useInfiniteQuery(lanesQuery)}
          label={t('lanes.title')}
          columns={columnsIn(text)}
          idOf={(lane) => lane.environment_id}
          empty={<Text>{t('lanes.none')}</Text>}
        />
        <NewLane />
      </Stack>
    </>
  );
}

function columnsIn({ t, count }: Voice): readonly Column<Lane>[] {
  return [
    {
      key: 'lane',
      label: t('lanes.lane'),
      isTitle: true,
      render: ({ lane, current }) => (
        <Group gap="xs">
          <Text fw={600}>{lane}</Text>
          {lane === PRODUCTION && (
            <Badge variant="default" tt="none">
              {t('lanes.production')}
            </Badge>
          )}
          {current && (
            <Badge variant="light" tt="none">
              {t('lanes.current')}
            </Badge>
          )}
        </Group>
      ),
    },
    { key: 'name', label: t('lanes.name'), render: ({ name }) => <bdi>{name}</bdi> },
    {
      key: 'applications',
      label: t('lanes.applications'),
      render: ({ applications }) => count(applications),
    },
    { key: 'actions', label: t('common.actions'), align: 'end', render: (lane) => <Ways lane={lane} /> },
  ];
}

function Ways({ lane: { lane, origin, current } }: { readonly lane: Lane }): ReactNode {
  const { t } = useText();
  if (current) return '–';
  return (
    <Group gap="sm" justify="end">
      <Anchor href={`${origin}/console`} aria-label={t('lanes.openOne', { lane })}>
        {t('lanes.open')}
      </Anchor>
      <LinkButton
        to="/lanes/$lane"
        params={{ lane }}
        variant="default"
        aria-label={t('lanes.compareOne', { lane })}
      >
        {t('lanes.compare')}
      </LinkButton>
    </Group>
  );
}
