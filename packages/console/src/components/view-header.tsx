import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { meQuery } from '../api/me.js';
import { useText } from '../text/text.js';

interface Props {
  readonly title: string;
  /** What stands in the heading, where it is more than the title's text. */
  readonly heading?: ReactNode;
  readonly lead?: ReactNode;
  readonly back?: ReactNode;
  readonly actions?: ReactNode;
}

/** How every view begins: the one heading of first rank, what the view is for, and what can be done. */
export function ViewHeader({ title, heading, lead, back, actions }: Props): ReactNode {
  const { t } = useText();
  const { data: me } = useQuery(meQuery);
  useDocumentTitle(t('shell.title', { page: title, site: me?.environment.name ?? 'Fluxo' }));
  return (
    <Stack gap={4} mb="lg">
      {back}
      <Group justify="space-between" align="start" gap="md">
        {/* Where there is no room for both, what can be done stands below what the view is for. */}
        <Stack gap={4} className="view-about">
          <Title order={1} size="h2" className="view-title">
            {heading ?? title}
          </Title>
          {lead !== undefined && (
            <Text c="dimmed" maw="44rem">
              {lead}
            </Text>
          )}
        </Stack>
        {actions}
      </Group>
    </Stack>
  );
}
