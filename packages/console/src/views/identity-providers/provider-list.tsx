import { EmptyState, Group, Skeleton, Stack } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { environmentQuery } from '../../api/environment.js';
import { providersQuery } from '../../api/identity-providers.js';
import type { IdentityProvider } from '../../api/types.js';
import { LinkButton, TextLink } from '../../components/link-button.js';
import { Moment } from '../../components/moment.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { RecordList } from '../../components/record-list.js';
import type { Column } from '../../components/record-table.js';
import { ProvidersIcon } from '../../components/room-icons.js';
import { Section } from '../../components/section.js';
import { StateBadge } from '../../components/state-badge.js';
import { ViewHeader } from '../../components/view-header.js';
import { useText, type Text as Voice } from '../../text/text.js';
import { SignInRule } from '../environment/sign-in-rule.js';
import { CertificateBadge } from './certificates.js';

/** Where people prove who they are, and whether they have to do it there. */
export function ProviderList(): ReactNode {
  const text = useText();
  const { t } = text;
  return (
    <>
      <ViewHeader
        title={t('providers.title')}
        lead={t('providers.lead')}
        actions={<LinkButton to="/identity-providers/new">{t('providers.create')}</LinkButton>}
      />
      <Stack gap="lg">
        <RecordList
          query={useInfiniteQuery(providersQuery)}
          label={t('providers.title')}
          columns={columnsIn(text)}
          idOf={({ id }) => id}
          empty={
            <EmptyState
              icon={<ProvidersIcon />}
              title={t('providers.none')}
              description={t('providers.noneHelp')}
            />
          }
        />
        <Section title={t('providers.rule')} lead={t('providers.ruleLead')}>
          <Rule />
        </Section>
      </Stack>
    </>
  );
}

function Rule(): ReactNode {
  const { data, error, refetch } = useQuery(environmentQuery);
  if (data !== undefined) return <SignInRule environment={data} />;
  return error === null ? (
    <Skeleton height={160} />
  ) : (
    <ProblemAlert error={error} retry={() => void refetch()} />
  );
}

function columnsIn({ t }: Voice): readonly Column<IdentityProvider>[] {
  return [
    {
      key: 'name',
      label: t('providers.name'),
      isTitle: true,
      render: ({ id, name }) => (
        <TextLink to="/identity-providers/$id" params={{ id }} fw={600}>
          <bdi>{name}</bdi>
        </TextLink>
      ),
    },
    { key: 'kind', label: t('providers.kind'), render: ({ kind }) => t(`providers.kind.${kind}`) },
    {
      key: 'domains',
      label: t('providers.domains'),
      render: ({ email_domains: domains }) => (domains.length === 0 ? '–' : domains.join(', ')),
    },
    {
      key: 'used',
      label: t('providers.lastUsed'),
      render: (provider) => <Moment at={provider.last_used_at} />,
    },
    {
      key: 'state',
      label: t('providers.state'),
      render: (provider) => (
        <Group gap="xs">
          <StateBadge enabled={provider.enabled} />
          <CertificateBadge provider={provider} />
        </Group>
      ),
    },
  ];
}
