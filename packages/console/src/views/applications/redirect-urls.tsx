import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRef, type ReactNode } from 'react';
import { redirectUrlCheckQuery } from '../../api/applications.js';
import type { Kind } from '../../api/types.js';
import { RemoveIcon } from '../../components/icons.js';
import { RefusalText } from '../../components/refusal-text.js';
import { useText } from '../../text/text.js';

const TYPING_MS = 300;

interface Props {
  readonly kind: Kind;
  readonly urls: readonly string[];
  readonly onChange: (urls: string[]) => void;
  /** What the API said of one of them, by its place. */
  readonly errors: Readonly<Record<number, ReactNode>>;
}

/** Each is checked by the server while it is typed, with the reason and what to do. */
export function RedirectUrls({ kind, urls, onChange, errors }: Props): ReactNode {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const shown = urls.length === 0 ? [''] : urls;
  const focusLast = (): void =>
    queueMicrotask(() =>
      Array.from(box.current?.querySelectorAll('input') ?? [])
        .at(-1)
        ?.focus(),
    );
  return (
    <Stack gap="sm" ref={box} role="group" aria-label={t('application.redirectUrls')}>
      {shown.map((url, index) => (
        <UrlField
          // The place is what one of these is: two may have the same text while somebody types.
          key={index}
          {...{ kind, url }}
          label={t('application.redirectUrl', { number: index + 1 })}
          error={errors[index]}
          onChange={(next) => onChange(shown.map((other, place) => (place === index ? next : other)))}
          {...(shown.length === 1
            ? {}
            : { onRemove: () => onChange(shown.filter((_, place) => place !== index)) })}
        />
      ))}
      <Group>
        <Button
          variant="default"
          onClick={() => {
            onChange([...shown, '']);
            setTimeout(focusLast);
          }}
        >
          {t('application.addRedirectUrl')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('application.redirectUrlsHelp')}
      </Text>
    </Stack>
  );
}

interface FieldProps {
  readonly kind: Kind;
  readonly url: string;
  readonly label: string;
  readonly error: ReactNode;
  readonly onChange: (url: string) => void;
  readonly onRemove?: () => void;
}

function UrlField({ kind, url, label, error, onChange, onRemove }: FieldProps): ReactNode {
  const { t } = useText();
  const [settled] = useDebouncedValue(url, TYPING_MS);
  const { data } = useQuery(redirectUrlCheckQuery(kind, settled));
  const verdict = settled === url && url !== '' ? data : undefined;
  return (
    <TextInput
      label={label}
      type="url"
      inputMode="url"
      spellCheck={false}
      autoComplete="off"
      placeholder="https://planner.example/callback"
      value={url}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error ?? (verdict?.ok === false ? <RefusalText {...verdict} /> : undefined)}
      description={verdict?.ok === true ? t('application.redirectUrlFine') : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      rightSection={
        onRemove !== undefined && (
          <ActionIcon
            variant="subtle"
            size="lg"
            onClick={onRemove}
            aria-label={t('application.removeRedirectUrl', { url: url === '' ? label : url })}
          >
            <RemoveIcon />
          </ActionIcon>
        )
      }
    />
  );
}
