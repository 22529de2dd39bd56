import { Button, FileButton, Group, Input, Stack, Text } from '@mantine/core';
import { useId, useRef, useState, type ReactNode } from 'react';
import { applicationsKey, deleteLogo, putLogo } from '../../../api/applications.js';
import type { Application } from '../../../api/types.js';
import { ApplicationTile } from '../../../components/application-tile.js';
import { describeProblem } from '../../../components/problem-alert.js';
import { useAction } from '../../../components/use-action.js';
import { useText } from '../../../text/text.js';

/** Stored at once: a picture has no half-typed state. The server redraws it and says what it can't take. */
export function LogoField({ application }: { readonly application: Application }): ReactNode {
  const text = useText();
  const { t } = text;
  const id = useId();
  const reset = useRef<() => void>(null);
  const [problem, setProblem] = useState<string>();
  const { client_id: clientId } = application;
  const onProblem = (error: Error): boolean => {
    setProblem(describeProblem(error, text));
    return true;
  };
  const upload = useAction({
    run: (file: File) => putLogo(clientId, file),
    changes: [applicationsKey],
    done: () => t('logo.stored'),
    onProblem,
  });
  const removal = useAction({
    run: () => deleteLogo(clientId),
    changes: [applicationsKey],
    done: () => t('logo.removed'),
    onProblem,
  });
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
        <ApplicationTile application={application} size={64} />
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
                  {t(application.logo_url === null ? 'logo.choose' : 'logo.replace')}
                </Button>
              )}
            </FileButton>
            {application.logo_url !== null && (
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
