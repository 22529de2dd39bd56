import { Paper, Stack, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** What can't be taken back stands apart. */
  readonly isDanger?: boolean;
}

/** A part of a view, with a heading of its own. */
export function Section({ title, lead, children, isDanger = false }: Props): ReactNode {
  const id = useId();
  return (
    <Paper
      component="section"
      aria-labelledby={id}
      data-surface
      data-danger={isDanger || undefined}
      p={{ base: 'md', sm: 'xl' }}
    >
      <Stack gap="md">
        <div>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {lead !== undefined && (
            <Text c="dimmed" maw="40rem">
              {lead}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </Paper>
  );
}
