import { Button, CopyButton, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';

interface Props {
  readonly value: string;
  /** What is copied, for those who don't see where the button stands. */
  readonly what: string;
  readonly variant?: ButtonProps['variant'];
}

export function Copy({ value, what, variant = 'default' }: Props): ReactNode {
  const { t } = useText();
  return (
    <CopyButton value={value} timeout={3_000}>
      {({ copied, copy }) => (
        <Button
          variant={variant}
          size="sm"
          onClick={copy}
          aria-label={`${t('common.copy')}: ${what}`}
          flex="none"
        >
          <span aria-live="polite">{copied ? t('common.copied') : t('common.copy')}</span>
        </Button>
      )}
    </CopyButton>
  );
}
