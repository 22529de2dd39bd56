import { AppShell, Burger, Center, Group, Loader, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useIsFetching, useQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { meQuery } from '../api/me.js';
import type { Me } from '../api/types.js';
import { FluxoMark } from '../components/icons.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useText } from '../text/text.js';
import { NavigationLinks } from './navigation-links.js';
import { PersonMenu } from './person-menu.js';
import { SignedOutNotice } from './signed-out-notice.js';

/** What surrounds every view: whose console it is, the rooms, and who is signed in. */
export function Shell(): ReactNode {
  const { data: me, error, refetch } = useQuery(meQuery);
  const { t } = useText();
  if (me === undefined) {
    return (
      <Center mih="100dvh" p="md" component="main">
        {error === null ? (
          <Loader aria-label={t('common.loading')} />
        ) : (
          <ProblemAlert error={error} retry={() => void refetch()} />
        )}
      </Center>
    );
  }
  return <Frame me={me} />;
}

function Frame({ me }: { readonly me: Me }): ReactNode {
  const { t } = useText();
  const [isOpen, { toggle, close }] = useDisclosure();
  const main = useFocusOnArrival();
  const isArriving = useRouterState({ select: ({ isLoading }) => isLoading });
  const isBusy = useIsFetching() > 0 || isArriving;
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 240, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a className="skip-link" href="#content">
        {t('shell.skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger
            opened={isOpen}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={t('shell.menu')}
            aria-expanded={isOpen}
          />
          <FluxoMark />
          <Text fw={650} truncate flex={1} component="p" title={me.environment.name}>
            <bdi>{me.environment.name}</bdi>
          </Text>
          <PersonMenu me={me} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('shell.navigation')}>
        <NavigationLinks onNavigate={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} ref={main} data-busy={isBusy || undefined}>
        {me.environment.lane !== 'my' && (
          <p className="lane-strip">{t('shell.lane', { lane: me.environment.lane })}</p>
        )}
        <SignedOutNotice />
        <div className="view">
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

/** Whoever navigates by keyboard or ear arrives where the new view begins. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== undefined && before.current !== path) main.current?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);
  return main;
}
