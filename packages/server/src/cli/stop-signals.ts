import { constants } from 'node:os';

type StopSignal = 'SIGTERM' | 'SIGINT';

const SIGNALS: readonly StopSignal[] = ['SIGTERM', 'SIGINT'];

/** Resolves at the first signal to stop; a second one ends the process at once. */
export function untilStopped(onFirst: (signal: StopSignal) => void): {
  readonly promise: Promise<void>;
  forget(): void;
} {
  let first = true;
  let resolveStopped: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    resolveStopped = resolve;
  });
  const listener = (signal: StopSignal): void => {
    // What a shell says of a process that a signal ended.
    if (!first) process.exit(128 + constants.signals[signal]);
    first = false;
    onFirst(signal);
    resolveStopped();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    promise,
    forget: () => {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}
