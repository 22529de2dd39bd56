import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Schemas } from '../api/types.js';

/** Names come from anywhere: each keeps its own direction of writing. */
export function PersonName({ person }: { readonly person: Schemas['Person'] }): ReactNode {
  return (
    <Stack gap={0}>
      <bdi>{person.name}</bdi>
      <Text size="sm" c="dimmed" component="bdi">
        {person.username}
      </Text>
    </Stack>
  );
}
