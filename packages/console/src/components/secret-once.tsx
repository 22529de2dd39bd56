import { Button, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';
import { Copy } from './copy.js';
import { LeaveGuard } from './leave-guard.js';
import { useTakenFocus } from './use-taken-focus.js';

interface Props {
  readonly title: string;
  readonly help?: string;
  readonly secret?: Secret;
  /** What is shown in place of one secret: a link, or several. */
  readonly children?: ReactNode;
  /** On the button, where one secret is not what is shown. */
  readonly stored?: string;
  readonly onStored: () => void;
  /** Not where nothing is lost with it, or where the view around keeps it and guards it. */
  readonly isGuarded?: boolean;
}

interface Secret {
  readonly value: string;
  /** The file's name and text: what a program reads, not the bare secret. */
  readonly file: { readonly name: string; readonly text: string };
}

/** Shown once: the server keeps only a digest. Until somebody says that it is stored, leaving asks first. */
export function SecretOnce(props: Props): ReactNode {
  const { title, help, secret, children, stored, onStored, isGuarded = true } = props;
  const { t } = useText();
  const section = useTakenFocus<HTMLElement>();
  return (
    <Paper component="section" ref={section} tabIndex={-1} className="secret-once" p="lg" aria-label={title}>
      <LeaveGuard isChanged={isGuarded} loses="secret" />
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {help !== undefined && <Text>{help}</Text>}
        {secret !== undefined && (
          <Code block className="code-block" data-testid="secret">
            {secret.value}
          </Code>
        )}
        {children}
        <Group gap="sm">
          {secret !== undefined && <Takeaway title={title} secret={secret} />}
          <Button onClick={onStored}>{stored ?? t('secret.stored')}</Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function Takeaway({ title, secret: { value, file } }: { readonly title: string; readonly secret: Secret }) {
  const { t } = useText();
  return (
    <>
      <Copy value={value} what={title} />
      <Button variant="default" onClick={() => download(file)}>
        {t('common.download')}
      </Button>
    </>
  );
}

function download({ name, text }: Secret['file']): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // After the click the browser has its own hold on it.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
