import { Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useText } from '../../text/text.js';

interface Props {
  readonly value?: string;
  readonly onChange?: (value: string) => void;
  readonly error?: ReactNode;
}

/** A provider's metadata, pasted or from a file; the server reads it. */
export function MetadataField({ value = '', onChange, error }: Props): ReactNode {
  const { t } = useText();
  const [notice, setNotice] = useState<string>();
  const take = (file: File | null): void => {
    if (file === null) return;
    file.text().then(
      (xml) => {
        onChange?.(xml);
        setNotice(t('providers.metadataTaken', { file: file.name }));
      },
      () => setNotice(t('providers.metadataUnreadable')),
    );
  };
  return (
    <Stack gap="xs">
      <Textarea
        label={t('providers.metadata')}
        description={t('providers.metadataHelp')}
        error={error}
        value={value}
        onChange={({ currentTarget }) => onChange?.(currentTarget.value)}
        placeholder="<EntityDescriptor …>"
        spellCheck={false}
        autosize
        minRows={3}
        maxRows={8}
        styles={{ input: { fontFamily: 'var(--font-code)', fontSize: '0.875rem' } }}
      />
      <Group gap="sm">
        <FileButton onChange={take} accept="application/xml,text/xml,.xml">
          {(props) => (
            <Button {...props} variant="default">
              {t('providers.metadataFile')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" role="status">
          {notice}
        </Text>
      </Group>
    </Stack>
  );
}
