import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';

/** What nobody should read over a shoulder. It can be shown without a mouse too, in the reader's language. */
export function SecretInput(props: PasswordInputProps): ReactNode {
  const { t } = useText();
  return (
    <PasswordInput
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': t('common.showTyped') }}
      {...props}
    />
  );
}
