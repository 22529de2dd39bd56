import { EmptyState, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { applicationsQuery, type ApplicationFilter } from '../../api/applications.js';
import type { ApplicationItem } from '../../api/types.js';
import { ApplicationTile } from '../../components/application-tile.js';
import { ApplicationsIcon, SearchIcon } from '../../components/icons.js';
import { LinkButton, TextLink } from '../../components/link-button.js';
import { Moment } from '../../components/moment.js';
import { RecordList } from '../../components/record-list.js';
import type { Column } from '../../components/record-table.js';
import { SearchField } from '../../components/search-field.js';
import { StateBadge } from '../../components/state-badge.js';
import { ViewHeader } from '../../components/view-header.js';
import { useText, type Text as Voice } from '../../text/text.js';
import { isKind, KINDS } from './kinds.js';

const route = getRouteApi('/applications');

/** All applications: who they are, how many people use them, and when they last did anything. */
export function ApplicationList(): ReactNode {
  const text = useText();
  const { t } = text;
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({ ...applicationsQuery(filter), placeholderData: keepPreviousData });
  const change = (next: ApplicationFilter): void =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <>
      <ViewHeader
        title={t('applications.title')}
        lead={t('applications.lead')}
        actions={<LinkButton to="/applications/new">{t('applications.create')}</LinkButton>}
      />
      <Group mb="md" gap="sm" align="end">
        <SearchField
          label={t('applications.search')}
          value={filter.q ?? ''}
          onSearch={(q) => change({ q: q === '' ? undefined : q })}
        />
        <Select
          aria-label={t('applications.kind')}
          placeholder={t('applications.anyKind')}
          data={KINDS.map((kind) => ({ value: kind, label: t(`applications.kind.${kind}`) }))}
          value={filter.kind ?? null}
          onChange={(kind) => change({ kind: isKind(kind) ? kind : undefined })}
          clearable
          clearButtonProps={{ 'aria-label': t('applications.anyKind') }}
          flex="1 1 10rem"
          maw="16rem"
        />
        <SegmentedControl
          aria-label={t('applications.state')}
          data={[
            { value: 'all', label: t('applications.state.all') },
            { value: 'enabled', label: t('applications.state.enabled') },
            { value: 'disabled', label: t('applications.state.disabled') },
          ]}
          value={filter.state ?? 'all'}
          onChange={(state) =>
            change({ state: state === 'enabled' || state === 'disabled' ? state : undefined })
          }
        />
      </Group>
      <RecordList
        query={query}
        label={t('applications.title')}
        columns={columnsIn(text)}
        idOf={(item) => item.client_id}
        empty={<Nothing isFiltered={Object.keys(filter).length > 0} />}
      />
    </>
  );
}

function columnsIn({ t, count }: Voice): readonly Column<ApplicationItem>[] {
  return [
    { key: 'name', label: t('applications.name'), isTitle: true, render: (item) => <NameCell item={item} /> },
    { key: 'kind', label: t('applications.kind'), render: (item) => t(`applications.kind.${item.kind}`) },
    {
      key: 'users',
      label: t('applications.connectedUsers'),
      render: (item) => count(item.connected_users),
    },
    {
      key: 'used',
      label: t('applications.lastUsed'),
      render: (item) => <Moment at={item.last_used_at} />,
    },
    { key: 'state', label: t('applications.state'), render: (item) => <StateBadge enabled={item.enabled} /> },
  ];
}

function NameCell({ item }: { readonly item: ApplicationItem }): ReactNode {
  return (
    <Group gap="sm" wrap="nowrap">
      <ApplicationTile application={item} />
      <TextLink to="/applications/$clientId" params={{ clientId: item.client_id }} fw={600}>
        <bdi>{item.name}</bdi>
      </TextLink>
    </Group>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  const { t } = useText();
  if (isFiltered) {
    return (
      <EmptyState
        icon={<SearchIcon />}
        title={t('applications.noneFound')}
        description={t('applications.noneFoundHelp')}
      />
    );
  }
  return (
    <Stack align="center">
      <EmptyState
        icon={<ApplicationsIcon />}
        title={t('applications.none')}
        description={<Text maw="30rem">{t('applications.noneHelp')}</Text>}
      />
      <LinkButton to="/applications/new">{t('applications.create')}</LinkButton>
    </Stack>
  );
}
