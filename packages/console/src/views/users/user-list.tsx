import { EmptyState, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usersQuery, type UserFilter } from '../../api/users.js';
import type { User } from '../../api/types.js';
import { SearchIcon } from '../../components/icons.js';
import { LinkButton, TextLink } from '../../components/link-button.js';
import { Moment } from '../../components/moment.js';
import { RecordList } from '../../components/record-list.js';
import type { Column } from '../../components/record-table.js';
import { UsersIcon } from '../../components/room-icons.js';
import { SearchField } from '../../components/search-field.js';
import { StateBadge } from '../../components/state-badge.js';
import { ViewHeader } from '../../components/view-header.js';
import { useText, type Text as Voice } from '../../text/text.js';

const route = getRouteApi('/users');

/** Everybody who can sign in, or could. */
export function UserList(): ReactNode {
  const text = useText();
  const { t } = text;
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({ ...usersQuery(filter), placeholderData: keepPreviousData });
  const change = (next: UserFilter): void =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <>
      <ViewHeader
        title={t('users.title')}
        lead={t('users.lead')}
        actions={<LinkButton to="/users/new">{t('users.create')}</LinkButton>}
      />
      <Group mb="md" gap="sm" align="end">
        <SearchField
          label={t('users.search')}
          value={filter.q ?? ''}
          onSearch={(q) => change({ q: q === '' ? undefined : q })}
        />
        <SegmentedControl
          aria-label={t('users.state')}
          data={(['all', 'enabled', 'disabled'] as const).map((value) => ({
            value,
            label: t(`users.state.${value}`),
          }))}
          value={filter.state ?? 'all'}
          onChange={(state) => change({ state: state === 'all' ? undefined : state })}
        />
      </Group>
      <RecordList
        query={query}
        label={t('users.title')}
        columns={columnsIn(text)}
        idOf={({ wid }) => wid}
        empty={<Nothing isFiltered={Object.keys(filter).length > 0} />}
      />
    </>
  );
}

function columnsIn({ t, count }: Voice): readonly Column<User>[] {
  return [
    { key: 'name', label: t('users.name'), isTitle: true, render: (user) => <NameCell user={user} /> },
    {
      key: 'role',
      label: t('users.role'),
      render: ({ administrator }) => t(`users.role.${administrator ? 'administrator' : 'user'}`),
    },
    {
      key: 'factor',
      label: t('users.secondFactor'),
      render: ({ second_factor: has }) => t(`users.secondFactor.${has ? 'yes' : 'no'}`),
    },
    {
      key: 'connected',
      label: t('users.connected'),
      render: (user) => count(user.connected_applications),
    },
    {
      key: 'active',
      label: t('users.lastActive'),
      render: (user) => <Moment at={user.last_active_at} />,
    },
    { key: 'state', label: t('users.state'), render: ({ enabled }) => <StateBadge enabled={enabled} /> },
  ];
}

function NameCell({ user }: { readonly user: User }): ReactNode {
  return (
    <Stack gap={0} align="start">
      <TextLink to="/users/$wid" params={{ wid: user.wid }} fw={600}>
        <bdi>{user.name}</bdi>
      </TextLink>
      <Text size="sm" c="dimmed" component="bdi">
        {user.username}
      </Text>
    </Stack>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  const { t } = useText();
  return isFiltered ? (
    <EmptyState icon={<SearchIcon />} title={t('users.noneFound')} description={t('users.noneFoundHelp')} />
  ) : (
    <EmptyState icon={<UsersIcon />} title={t('users.none')} description={t('users.noneHelp')} />
  );
}
