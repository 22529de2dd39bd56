import { Button, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useText } from '../text/text.js';
import { Copy } from './copy.js';
import { useTakenFocus } from './use-taken-focus.js';

interface Props {
  readonly title: string;
  readonly help: string;
  readonly secret: string;
  /** The file's name and text: what a program reads, not the bare secret. */
  readonly file: { readonly name: string; readonly text: string };
  readonly onStored: () => void;
}

/** Shown once: the server keeps only a digest. Leaving the page asks first. */
export function SecretOnce({ title, help, secret, file, onStored }: Props): ReactNode {
  const { t } = useText();
  const section = useTakenFocus<HTMLElement>();
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
  return (
    <Paper component="section" ref={section} tabIndex={-1} className="secret-once" p="lg" aria-label={title}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text>{help}</Text>
        <Code block className="code-block" data-testid="secret">
          {secret}
        </Code>
        <Group gap="sm">
          <Copy value={secret} what={title} />
          <Button variant="default" onClick={() => download(file)}>
            {t('common.download')}
          </Button>
          <Button onClick={onStored}>{t('secret.stored')}</Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function download({ name, text }: Props['file']): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // After the click the browser has its own hold on it.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
