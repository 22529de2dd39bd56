import { Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { User, UserConnection } from '../../api/types.js';
import { disconnectUser, userConnectionsKey, userConnectionsQuery, userListsKey } from '../../api/users.js';
import { ApplicationTile } from '../../components/application-tile.js';
import { ConfirmedButton } from '../../components/confirmed-button.js';
import { TextLink } from '../../components/link-button.js';
import { Moment } from '../../components/moment.js';
import { RecordList } from '../../components/record-list.js';
import type { Column } from '../../components/record-table.js';
import { Section } from '../../components/section.js';
import { useText, type Text as Voice } from '../../text/text.js';

/** Which programs act for somebody. */
export function UserConnections({ user }: { readonly user: User }): ReactNode {
  const text = useText();
  const { t } = text;
  const query = useInfiniteQuery(userConnectionsQuery(user.wid));
  return (
    <Section title={t('users.connections')} lead={t('users.connectionsLead')}>
      <RecordList
        isBare
        query={query}
        label={t('users.connections')}
        columns={columnsIn(text, user)}
        idOf={(connection) => connection.consent_id}
        empty={<Text c="dimmed">{t('users.noConnectionsHelp')}</Text>}
      />
    </Section>
  );
}

function columnsIn({ t }: Voice, user: User): readonly Column<UserConnection>[] {
  return [
    {
      key: 'application',
      label: t('activity.application'),
      isTitle: true,
      render: ({ application }) => (
        <Group gap="sm" wrap="nowrap">
          <ApplicationTile application={application} size={32} />
          <TextLink to="/applications/$clientId" params={{ clientId: application.client_id }} fw={600}>
            <bdi>{application.name}</bdi>
          </TextLink>
        </Group>
      ),
    },
    {
      key: 'since',
      label: t('users.connectedSince'),
      render: (connection) => <Moment at={connection.connected_at} />,
    },
    {
      key: 'used',
      label: t('users.lastUsed'),
      render: (connection) => <Moment at={connection.last_used_at} />,
    },
    {
      key: 'actions',
      label: t('common.actions'),
      align: 'end',
      render: (connection) => <Disconnect connection={connection} user={user} />,
    },
  ];
}

interface DisconnectProps {
  readonly connection: UserConnection;
  readonly user: User;
}

function Disconnect({ connection, user: { wid, name } }: DisconnectProps): ReactNode {
  const { t } = useText();
  const application = connection.application.name;
  return (
    <ConfirmedButton
      label={t('users.disconnect')}
      ariaLabel={t('users.disconnectOne', { application })}
      title={t('users.disconnectTitle', { application })}
      action={t('users.disconnect')}
      run={() => disconnectUser(wid, connection.consent_id)}
      changes={[userConnectionsKey(wid), userListsKey]}
      done={() => t('users.disconnectDone', { application })}
    >
      {t('users.disconnectText', { name })}
    </ConfirmedButton>
  );
}
