import { useMutation, useQueryClient, type QueryKey, type UseMutationResult } from '@tanstack/react-query';
import { isStale } from '../api/problem.js';
import { useText } from '../text/text.js';
import { notifyDone, notifyProblem } from './notify.js';
import { describeProblem } from './problem-alert.js';

interface Action<Input, Output> {
  readonly run: (input: Input) => Promise<Output>;
  /** What the API would answer differently now. */
  readonly changes: readonly QueryKey[];
  /** What it is asked of, where that is not among these: read anew when somebody else has changed or deleted it. */
  readonly record?: QueryKey;
  /** What is said when it is done; nothing where the view itself shows it. */
  readonly done?: (output: Output, input: Input) => string | undefined;
  readonly onDone?: (output: Output, input: Input) => void;
  /** Whether the fault found its place beside what was typed; otherwise it is said as a notice. */
  readonly onProblem?: (error: Error, input: Input) => boolean;
}

/** Something that changes what is stored. It always answers visibly, and lists are read anew after it. */
export function useAction<Output, Input = void>({
  run,
  changes,
  record,
  done,
  onDone,
  onProblem,
}: Action<Input, Output>): UseMutationResult<Output, Error, Input> {
  const queries = useQueryClient();
  const text = useText();
  const action = useMutation({
    mutationFn: run,
    onSuccess: (output, input) => {
      // What it answered may be a secret: whoever shows it has it now, and nobody else keeps it.
      action.reset();
      onDone?.(output, input);
      const message = done?.(output, input);
      if (message !== undefined) notifyDone(message, text);
      for (const queryKey of changes) void queries.invalidateQueries({ queryKey });
      // It may be gone: whoever comes back to it is answered anew, and nobody asks for it before.
      if (record !== undefined) void queries.invalidateQueries({ queryKey: record, refetchType: 'none' });
    },
    onError: (error, input) => {
      // The next try is then made of what is stored now.
      const stale = isStale(error) ? [...changes, ...(record === undefined ? [] : [record])] : [];
      for (const queryKey of stale) void queries.invalidateQueries({ queryKey });
      if (onProblem?.(error, input) === true) return;
      notifyProblem(describeProblem(error, text), text);
    },
  });
  return action;
}
