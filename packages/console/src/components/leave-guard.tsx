import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';
import { Confirm } from './confirm.js';

/** Nobody loses what they typed by a click beside it. */
export function LeaveGuard({ isChanged }: { readonly isChanged: boolean }): ReactNode {
  const { t } = useText();
  const blocker = useBlocker({
    shouldBlockFn: () => isChanged,
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  return (
    <Confirm
      opened={blocker.status === 'blocked'}
      title={t('leave.title')}
      action={t('leave.action')}
      isRunning={false}
      error={null}
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      {t('leave.help')}
    </Confirm>
  );
}
