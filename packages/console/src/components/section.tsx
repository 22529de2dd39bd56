import { Paper, Stack, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { useTakenFocus } from './use-taken-focus.js';

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** What can't be taken back stands apart. */
  readonly isDanger?: boolean;
  /** It came in answer to what somebody did elsewhere in the view, and begins with the focus. */
  readonly isAnswer?: boolean;
}

/** A part of a view, with a heading of its own. */
export function Section({ title, lead, children, isDanger = false, isAnswer = false }: Props): ReactNode {
  const id = useId();
  const ref = useTakenFocus<HTMLElement>(isAnswer);
  return (
    <Paper
      component="section"
      ref={ref}
      tabIndex={isAnswer ? -1 : undefined}
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
