import { Button, FileButton, Group, Input, Stack, Text } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { useId, useRef, useState, type ReactNode } from 'react';
import { useText } from '../text/text.js';
import { ApplicationTile } from './application-tile.js';
import { describeProblem } from './problem-alert.js';
import { useAction } from './use-action.js';

interface Props {
  /** Whose logo it is: its first letter stands there while there is none. */
  readonly name: string;
  readonly logoUrl: string | null;
  readonly put: (file: File) => Promise<unknown>;
  readonly remove: () => Promise<unknown>;
  readonly changes: readonly QueryKey[];
}

/** Stored at once: a picture has no half-typed state. The server redraws it and says what it can't take. */
export function LogoField({ name, logoUrl, put, remove, changes }: Props): ReactNode {
  const text = useText();
  const { t } = text;
  const id = useId();
  const reset = useRef<() => void>(null);
  const [problem, setProblem] = useState<string>();
  const onProblem = (error: Error): boolean => {
    setProblem(describeProblem(error, text));
    return true;
  };
  const upload = useAction({ run: put, changes, done: () => t('logo.stored'), onProblem });
  const removal = useAction({ run: remove, changes, done: () => t('logo.removed'), onProblem });
  const take = (file: File | null): void => {
    setProblem(undefined);
    // The same file again, mended meanwhile, is another choice.
    reset.current?.();
    if (file !== null) upload.mutate(file);
  };
  return (
    <Input.Wrapper
      label={t('logo.label')}
      labelElement="div"
      description={t('logo.help')}
      error={problem}
      errorProps={{ id, role: 'alert' }}
    >
      <Group gap="md" mt="xs">
        <ApplicationTile application={{ name, logo_url: logoUrl }} size={64} />
        <Stack gap="xs">
          <Group gap="xs">
            {/* Whatever somebody chooses is sent: the server has the last word, and the reason. */}
            <FileButton
              onChange={take}
              accept="image/png,image/jpeg,image/webp,image/svg+xml"
              resetRef={reset}
            >
              {(props) => (
                <Button
                  {...props}
                  variant="default"
                  loading={upload.isPending}
                  aria-describedby={problem === undefined ? undefined : id}
                >
                  {t(logoUrl === null ? 'logo.choose' : 'logo.replace')}
                </Button>
              )}
            </FileButton>
            {logoUrl !== null && (
              <Button
                variant="subtle"
                color="danger"
                loading={removal.isPending}
                onClick={() => removal.mutate()}
              >
                {t('logo.remove')}
              </Button>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {t('logo.formats')}
          </Text>
        </Stack>
      </Group>
    </Input.Wrapper>
  );
}
