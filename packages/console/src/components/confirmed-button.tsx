import { Button, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';
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
  readonly done: (output: Output) => string;
  readonly onDone?: () => void;
  readonly variant?: ButtonProps['variant'];
  readonly size?: ButtonProps['size'];
}

/** A button whose deed is asked about first. */
export function ConfirmedButton<Output>(props: Props<Output>): ReactNode {
  const { label, ariaLabel, title, children, action, typed, run, changes, done, onDone } = props;
  const [isOpen, { open, close }] = useDisclosure();
  const deed = useAction<Output>({
    run,
    changes,
    done,
    onDone: () => {
      close();
      onDone?.();
    },
    // The dialog says it itself.
    onProblem: () => true,
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
