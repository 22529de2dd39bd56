import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { connectionsQuery, deleteConnection } from '../../../api/application-parts.js';
import { applicationsKey, disconnectAll } from '../../../api/applications.js';
import type { Application, Connection } from '../../../api/types.js';
import { ConfirmedButton } from '../../../components/confirmed-button.js';
import { Moment } from '../../../components/moment.js';
import { PersonName } from '../../../components/person-name.js';
import { RecordList } from '../../../components/record-list.js';
import type { Column } from '../../../components/record-table.js';
import { Section } from '../../../components/section.js';
import { useText, type Text as Voice } from '../../../text/text.js';
import { useApplication } from '../use-application.js';

/** Who said yes to this application, and how that ends. */
export function PeopleTab(): ReactNode {
  const { data: application } = useApplication();
  const text = useText();
  const { t } = text;
  const query = useInfiniteQuery(connectionsQuery(application.client_id));
  return (
    <Section title={t('people.title')} lead={t('people.lead')}>
      <RecordList
        query={query}
        label={t('people.title')}
        columns={columnsIn(text, application)}
        idOf={(item) => item.consent_id}
        empty={<Text>{t('people.none')}</Text>}
        isBare
      />
      {application.connected_users > 0 && (
        <div>
          <DisconnectEverybody application={application} />
        </div>
      )}
    </Section>
  );
}

export function DisconnectEverybody({ application }: { readonly application: Application }): ReactNode {
  const { t } = useText();
  const { client_id: clientId, name } = application;
  return (
    <ConfirmedButton
      label={t('people.disconnectAll')}
      title={t('people.disconnectAllTitle')}
      action={t('people.disconnectAll')}
      run={() => disconnectAll(clientId)}
      changes={[applicationsKey]}
      done={({ disconnected }) => t('people.disconnectedAll', { count: disconnected })}
    >
      {t('people.disconnectAllHelp', { count: application.connected_users, name })}
    </ConfirmedButton>
  );
}

function columnsIn({ t }: Voice, { client_id: clientId, name }: Application): readonly Column<Connection>[] {
  return [
    {
      key: 'person',
      label: t('people.person'),
      isTitle: true,
      render: (item) => <PersonName person={item.user} />,
    },
    { key: 'since', label: t('people.since'), render: (item) => <Moment at={item.connected_at} /> },
    { key: 'used', label: t('applications.lastUsed'), render: (item) => <Moment at={item.last_used_at} /> },
    {
      key: 'actions',
      label: t('common.actions'),
      align: 'end',
      render: ({ consent_id: consentId, user }) => (
        <ConfirmedButton
          label={t('people.disconnect')}
          ariaLabel={t('people.disconnectOne', { person: user.name })}
          title={t('people.disconnectTitle', { person: user.name })}
          action={t('people.disconnect')}
          run={() => deleteConnection(clientId, consentId)}
          changes={[applicationsKey]}
          done={() => t('people.disconnected', { person: user.name })}
        >
          {t('people.disconnectHelp', { person: user.name, name })}
        </ConfirmedButton>
      ),
    },
  ];
}
