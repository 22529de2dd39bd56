import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';

export function StateBadge({ enabled }: { readonly enabled: boolean }): ReactNode {
  const { t } = useText();
  return enabled ? (
    <Badge variant="light" tt="none">
      {t('common.enabled')}
    </Badge>
  ) : (
    <Badge variant="light" color="danger" tt="none">
      {t('common.disabled')}
    </Badge>
  );
}
