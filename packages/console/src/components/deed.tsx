import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** What it does, before somebody does it. */
  readonly help: ReactNode;
  readonly children: ReactNode;
}

/** One thing that can be done: what it is, and its button beside it. */
export function Deed({ title, help, children }: Props): ReactNode {
  return (
    <Group justify="space-between" gap="sm">
      <Stack gap={0} flex="1 1 16rem">
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          {help}
        </Text>
      </Stack>
      {children}
    </Group>
  );
}
