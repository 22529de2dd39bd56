import { NavLink, Stack } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';
import { NAVIGATION } from './navigation.js';

export function NavigationLinks({ onNavigate }: { readonly onNavigate: () => void }): ReactNode {
  const { t } = useText();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <Stack gap={4}>
      {NAVIGATION.map(({ to, label, Icon }) => {
        const isHere = path === to || path.startsWith(`${to}/`);
        return (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={t(label)}
            leftSection={<Icon />}
            active={isHere}
            aria-current={isHere ? 'page' : undefined}
            onClick={onNavigate}
          />
        );
      })}
    </Stack>
  );
}
