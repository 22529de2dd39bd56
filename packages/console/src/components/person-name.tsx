import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';

interface Props {
  /** Nameless once deleted. */
  readonly person: { readonly name: string | null; readonly username: string | null };
}

/** Names come from anywhere: each keeps its own direction of writing. */
export function PersonName({ person }: Props): ReactNode {
  const { t } = useText();
  if (person.name === null) return t('common.deletedPerson');
  return (
    <Stack gap={0}>
      <bdi>{person.name}</bdi>
      <Text size="sm" c="dimmed" component="bdi">
        {person.username}
      </Text>
    </Stack>
  );
}
