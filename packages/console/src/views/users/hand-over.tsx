import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyFact } from '../../components/fact.js';
import { useText } from '../../text/text.js';

/** A link that no mail could carry. */
export function HandOver({ link }: { readonly link: string }): ReactNode {
  const { t } = useText();
  return (
    <Stack gap="sm">
      <Text>{t('users.link.help')}</Text>
      <CopyFact label={t('users.link.label')} value={link} />
    </Stack>
  );
}
