import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';
import { Confirm } from './confirm.js';

interface Props {
  readonly isChanged: boolean;
  /** What goes with the view: what was typed, or what is shown this once. */
  readonly loses?: 'typed' | 'secret';
  /** The path within which nothing is lost. */
  readonly within?: string;
}

/** Nobody loses what they typed, or what they can't be shown again, by a click beside it. */
export function LeaveGuard({ isChanged, loses = 'typed', within }: Props): ReactNode {
  const { t } = useText();
  const blocker = useBlocker({
    // The same path with another search or hash is the same view.
    shouldBlockFn: ({ current, next }) =>
      isChanged && next.pathname !== current.pathname && !isWithin(next.pathname, within),
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  return (
    <Confirm
      opened={blocker.status === 'blocked'}
      title={t(`leave.${loses}.title`)}
      action={t('leave.action')}
      isRunning={false}
      error={null}
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      {t(`leave.${loses}.help`)}
    </Confirm>
  );
}

const isWithin = (path: string, place: string | undefined): boolean =>
  place !== undefined && (path === place || path.startsWith(`${place}/`));
