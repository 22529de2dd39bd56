import { Group, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { applicationQuery } from '../../api/applications.js';
import { isProblem } from '../../api/problem.js';
import type { Application } from '../../api/types.js';
import { ApplicationTile } from '../../components/application-tile.js';
import { BackIcon } from '../../components/icons.js';
import { TextLink } from '../../components/link-button.js';
import { Moment } from '../../components/moment.js';
import { NotFound } from '../../components/not-found.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { StateBadge } from '../../components/state-badge.js';
import { ViewHeader } from '../../components/view-header.js';
import { useText } from '../../text/text.js';
import { ShownSecretGuard } from './shown-secret.js';

const route = getRouteApi('/applications/$clientId');

/** One application: what everybody wants to know of it stands above all its tabs. */
export function ApplicationPage(): ReactNode {
  const { clientId } = route.useParams();
  const { data, error, refetch } = useQuery(applicationQuery(clientId));
  // First: one that was deleted meanwhile is still known from before.
  if (isProblem(error, 'not-found')) return <NotFound />;
  if (data !== undefined) return <Known application={data.data} />;
  if (error !== null) return <ProblemAlert error={error} retry={() => void refetch()} />;
  return <Skeleton height={120} />;
}

function Known({ application }: { readonly application: Application }): ReactNode {
  const text = useText();
  const { t } = text;
  return (
    <>
      <ViewHeader
        title={application.name}
        back={
          <TextLink to="/applications" size="sm" className="back-link">
            <BackIcon />
            {t('applications.title')}
          </TextLink>
        }
        heading={
          <Group gap="sm" wrap="nowrap" component="span">
            <ApplicationTile application={application} size={44} />
            <bdi>{application.name}</bdi>
          </Group>
        }
        actions={<StateBadge enabled={application.enabled} />}
        lead={
          <>
            {t(`applications.kind.${application.kind}`)} ·{' '}
            {t('application.connectedUsers', { count: application.connected_users })} ·{' '}
            {text.rich('application.lastUsed', { when: <Moment at={application.last_used_at} /> })}
          </>
        }
      />
      <ApplicationTabs application={application} />
      <ShownSecretGuard clientId={application.client_id} />
    </>
  );
}

const TABS = ['connect', 'try', 'settings', 'secrets', 'people'] as const;
type Tab = (typeof TABS)[number];

const PATHS = {
  connect: '/applications/$clientId',
  try: '/applications/$clientId/try',
  settings: '/applications/$clientId/settings',
  secrets: '/applications/$clientId/secrets',
  people: '/applications/$clientId/people',
} as const satisfies Readonly<Record<Tab, string>>;

/** Which tabs this application has: a public one has no secrets, and nobody signs in at a machine. */
function tabsOf({ kind }: Application): readonly Tab[] {
  const none: readonly Tab[] = kind === 'spa' ? ['secrets'] : kind === 'machine' ? ['try'] : [];
  return TABS.filter((tab) => !none.includes(tab));
}

function ApplicationTabs({ application }: { readonly application: Application }): ReactNode {
  const { t } = useText();
  const navigate = useNavigate();
  const last = useRouterState({ select: ({ location }) => location.pathname.split('/').at(-1) });
  const current = TABS.find((tab) => tab === last) ?? 'connect';
  const open = (tab: string | null): void => {
    const known = TABS.find((name) => name === tab) ?? 'connect';
    void navigate({ to: PATHS[known], params: { clientId: application.client_id } });
  };
  const label = (tab: Tab): string =>
    t(
      tab === 'secrets' && application.kind === 'machine' ? 'application.tab.keys' : `application.tab.${tab}`,
    );
  return (
    <Tabs value={current} onChange={open} activateTabWithKeyboard={false}>
      <Tabs.List mb="lg" aria-label={application.name}>
        {tabsOf(application).map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            <Text component="span" fw={current === tab ? 600 : 450}>
              {label(tab)}
            </Text>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabsOf(application).map((tab) => (
        <Tabs.Panel key={tab} value={tab}>
          {tab === current && (
            <Stack gap="lg">
              <Outlet />
            </Stack>
          )}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
