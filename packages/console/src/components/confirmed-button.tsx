import { Button, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isStale } from '../api/problem.js';
import { Confirm } from './confirm.js';
import { useAction } from './use-action.js';

interface Props<Output> {
  readonly label: string;
  /** Said to screen readers where the label alone stands in every row. */
  readonly ariaLabel?: string;
  readonly title: string;
  readonly children: ReactNode;
  readonly action: string;
  readonly typed?: string;
  readonly run: () => Promise<Output>;
  readonly changes: readonly QueryKey[];
  readonly record?: QueryKey;
  readonly done: (output: Output) => string;
  readonly onDone?: () => void;
  readonly variant?: ButtonProps['variant'];
  readonly size?: ButtonProps['size'];
}

/** A button whose deed is asked about first. */
export function ConfirmedButton<Output>(props: Props<Output>): ReactNode {
  const { label, ariaLabel, title, children, action, typed, run, changes, record, done, onDone } = props;
  const [isOpen, { open, close }] = useDisclosure();
  const deed = useAction<Output>({
    run,
    changes,
    ...(record === undefined ? {} : { record }),
    done,
    onDone: () => {
      close();
      onDone?.();
    },
    onProblem: (error) => {
      if (!isStale(error)) return true;
      // The question was about what is no longer so: a notice says that, and what is stored now is seen behind it.
      leave();
      return false;
    },
  });
  const leave = (): void => {
    close();
    deed.reset();
  };
  return (
    <>
      <Button
        variant={props.variant ?? 'light'}
        color="danger"
        size={props.size ?? 'sm'}
        aria-label={ariaLabel}
        onClick={open}
      >
        {label}
      </Button>
      <Confirm
        {...{ title, action, children }}
        opened={isOpen}
        {...(typed === undefined ? {} : { typed })}
        isRunning={deed.isPending}
        error={deed.error}
        onConfirm={() => deed.mutate()}
        onClose={leave}
      />
    </>
  );
}
