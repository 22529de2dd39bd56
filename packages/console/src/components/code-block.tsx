import { Box, Code, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Copy } from './copy.js';

interface Props {
  readonly label: string;
  readonly code: string;
  readonly help?: ReactNode;
}

/** Something to paste elsewhere. It wraps: nobody scrolls sideways to see what they copy. */
export function CodeBlock({ label, code, help }: Props): ReactNode {
  return (
    <Box component="figure" m={0}>
      <Group component="figcaption" justify="space-between" gap="xs" mb={6}>
        <Text fw={550}>{label}</Text>
        <Copy value={code} what={label} />
      </Group>
      {help !== undefined && (
        <Text size="sm" c="dimmed" mb={6}>
          {help}
        </Text>
      )}
      <Code block className="code-block">
        {code}
      </Code>
    </Box>
  );
}
