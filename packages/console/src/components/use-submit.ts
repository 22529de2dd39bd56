import type { UseFormReturnType } from '@mantine/form';
import type { QueryKey } from '@tanstack/react-query';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { placeFieldErrors } from './form-problems.js';
import { useAction } from './use-action.js';

interface SubmitOf<Values extends Record<string, unknown>, Output> {
  readonly form: UseFormReturnType<Values>;
  readonly run: () => Promise<Output>;
  readonly changes: readonly QueryKey[];
  readonly done?: (output: Output) => string | undefined;
  readonly onDone: (output: Output) => void;
  /** Whether it was a fault that the form has its own answer to. */
  readonly onProblem?: (error: Error) => boolean;
}

export interface Submit {
  readonly submit: () => void;
  readonly isRunning: boolean;
  /** What is wrong with no field in particular. */
  readonly problem: Error | undefined;
  readonly setProblem: (problem: Error | undefined) => void;
  /** Of the form's element: the keyboard goes to the first field that is at fault. */
  readonly ref: RefObject<HTMLFormElement | null>;
}

/** Sends a form. What is refused stands at its field, everything typed stays. */
export function useSubmit<Values extends Record<string, unknown>, Output>(
  of: SubmitOf<Values, Output>,
): Submit {
  const { form, run, changes, done, onDone, onProblem } = of;
  const [problem, setProblem] = useState<Error>();
  const { ref, noteFault } = useFaultFocus();
  const action = useAction<Output>({
    ...{ run, changes, onDone },
    ...(done === undefined ? {} : { done }),
    onProblem: (error) => {
      if (onProblem?.(error) === true) return true;
      setProblem(placeFieldErrors(form, error));
      noteFault();
      return true;
    },
  });
  const submit = (): void => {
    setProblem(undefined);
    if (form.validate().hasErrors) noteFault();
    else if (!action.isPending) action.mutate();
  };
  return { submit, isRunning: action.isPending, problem, setProblem, ref };
}

function useFaultFocus(): {
  readonly ref: RefObject<HTMLFormElement | null>;
  readonly noteFault: () => void;
} {
  const ref = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState(0);
  useEffect(() => {
    if (faults > 0) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [faults]);
  return { ref, noteFault: () => setFaults((count) => count + 1) };
}
