import { Button, Code, EmptyState, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { activityCsvPath, activityQuery, type ActivityFilter } from '../../api/activity.js';
import type { ActivityEvent } from '../../api/types.js';
import { SearchIcon } from '../../components/icons.js';
import { ActivityIcon } from '../../components/room-icons.js';
import { TextLink } from '../../components/link-button.js';
import { Moment } from '../../components/moment.js';
import { PersonName } from '../../components/person-name.js';
import { RecordList } from '../../components/record-list.js';
import type { Column } from '../../components/record-table.js';
import { ViewHeader } from '../../components/view-header.js';
import { useText, type Text as Voice } from '../../text/text.js';
import { ActivityFilters } from './activity-filters.js';
import { EventWords } from './event-words.js';
import { SealState } from './seal-state.js';

const route = getRouteApi('/activity');

/** The audit log, as people ask it. */
export function ActivityView(): ReactNode {
  const text = useText();
  const { t } = text;
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({ ...activityQuery(filter), placeholderData: keepPreviousData });
  const change = (next: ActivityFilter): void =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <>
      <ViewHeader
        title={t('activity.title')}
        lead={t('activity.lead')}
        actions={
          <Button component="a" href={activityCsvPath(filter)} download variant="default">
            {t('activity.csv')}
          </Button>
        }
      />
      <Stack gap="md">
        <SealState />
        <ActivityFilters
          filter={filter}
          change={change}
          reset={() => void navigate({ search: {}, replace: true })}
        />
        <RecordList
          query={query}
          label={t('activity.title')}
          columns={columnsIn(text)}
          idOf={(event) => event.id}
          empty={<Nothing isFiltered={Object.keys(filter).length > 0} />}
        />
      </Stack>
    </>
  );
}

function columnsIn({ t }: Voice): readonly Column<ActivityEvent>[] {
  return [
    {
      key: 'what',
      label: t('activity.what'),
      isTitle: true,
      render: (event) => <EventWords event={event} />,
    },
    { key: 'when', label: t('activity.when'), render: ({ at }) => <Moment at={at} /> },
    { key: 'who', label: t('activity.who'), render: ({ user }) => <Who user={user} /> },
    {
      key: 'application',
      label: t('activity.application'),
      render: ({ application }) => <Which application={application} />,
    },
  ];
}

/** The log outlives whom it tells of. */
function Who({ user }: Pick<ActivityEvent, 'user'>): ReactNode {
  const { t } = useText();
  if (user === null) return '–';
  const { wid, name, username } = user;
  if (name === null || username === null) return <Deleted label={t('activity.deletedPerson')} id={wid} />;
  return (
    <TextLink to="/users/$wid" params={{ wid }} inherit display="inline-block">
      <PersonName person={{ name, username }} />
    </TextLink>
  );
}

function Which({ application }: Pick<ActivityEvent, 'application'>): ReactNode {
  const { t } = useText();
  if (application === null) return '–';
  const { client_id: clientId, name } = application;
  if (name === null) return <Deleted label={t('activity.deletedApplication')} id={clientId} />;
  return (
    <TextLink to="/applications/$clientId" params={{ clientId }} inherit>
      <bdi>{name}</bdi>
    </TextLink>
  );
}

function Deleted({ label, id }: { readonly label: string; readonly id: string }): ReactNode {
  return (
    <Text c="dimmed" span inherit>
      {label} <Code className="fingerprint">{id.slice(0, 8)}…</Code>
    </Text>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  const { t } = useText();
  return isFiltered ? (
    <EmptyState
      icon={<SearchIcon />}
      title={t('activity.noneFound')}
      description={t('activity.noneFoundHelp')}
    />
  ) : (
    <EmptyState icon={<ActivityIcon />} title={t('activity.none')} description={t('activity.noneHelp')} />
  );
}
