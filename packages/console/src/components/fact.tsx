import { Code, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Copy } from './copy.js';

/** A value that somebody needs elsewhere: named, whole, and to be copied. */
export function CopyFact({ label, value }: { readonly label: string; readonly value: string }): ReactNode {
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Group gap="sm" wrap="nowrap" align="center">
        <Code className="fact">{value}</Code>
        <Copy value={value} what={label} />
      </Group>
    </Stack>
  );
}
