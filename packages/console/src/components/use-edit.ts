import { useForm, type FormErrors, type UseFormReturnType } from '@mantine/form';
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Tagged } from '../api/client.js';
import { isProblem } from '../api/problem.js';
import { useText } from '../text/text.js';
import { notifyDone } from './notify.js';
import { useSubmit, type Submit } from './use-submit.js';

interface EditOf<Data, Values extends Record<string, unknown>> {
  /** As it was last read. */
  readonly stored: Tagged<Data>;
  readonly toValues: (data: Data) => Values;
  /** As the API would store it: a space at the end is no change. */
  readonly tidy?: (values: Values) => Values;
  /** Sends what is different from what was read. */
  readonly save: (changes: Partial<Values>, etag: string) => Promise<Tagged<Data>>;
  readonly look: () => Promise<Tagged<Data>>;
  /** Where the record is kept. */
  readonly queryKey: QueryKey;
  /** What else shows some of it. */
  readonly changes?: readonly QueryKey[];
  readonly done: string | ((saved: Data) => string);
  readonly validate?: (values: Values) => FormErrors;
}

export interface Edit<Values extends Record<string, unknown>> extends Submit {
  readonly form: UseFormReturnType<Values>;
  /** What somebody else stored in the fields that were changed here too; undefined while nobody did. */
  readonly theirs: Partial<Values> | undefined;
  /** Back to what is stored. */
  readonly discard: () => void;
  /** Whether anything was typed that is not stored. */
  readonly isChanged: boolean;
}

/**
 * A form over something that others may change at the same time. What was typed is never lost: fields that nobody
 * touched here take what is stored now, the others stay, and whoever typed decides.
 */
export function useEdit<Data, Values extends Record<string, unknown>>(
  of: EditOf<Data, Values>,
): Edit<Values> {
  const { stored, toValues, tidy = asItIs, save, look, queryKey, changes = [], done, validate } = of;
  const text = useText();
  const queries = useQueryClient();
  const [base, setBase] = useState(stored);
  const [theirs, setTheirs] = useState<Partial<Values>>();
  const form = useForm<Values>({ initialValues: toValues(stored.data), ...(validate ? { validate } : {}) });
  // What is in the fields at that moment, not when this was drawn: somebody types on while the API is asked.
  const mine = (): Partial<Values> => changesOf(tidy(toValues(base.data)), tidy(form.getValues()));
  const typed = (): Partial<Values> => pick(form.getValues(), Object.keys(mine()));
  const rebase = (now: Tagged<Data>, kept: Partial<Values>): void => {
    const values = toValues(now.data);
    setBase(now);
    form.setInitialValues(values);
    form.setValues({ ...values, ...kept });
    form.resetDirty(values);
  };

  useEffect(() => {
    if (stored.etag === base.etag) return;
    const [before, now, kept] = [toValues(base.data), toValues(stored.data), typed()];
    // Whoever changed other fields, in another form of this view perhaps, stands in nobody's way here. Where it is one
    // that was typed into, the API refuses what is saved on top of the old one, and the question is asked then.
    if (Object.keys(kept).every((name) => isSame(before[name], now[name]))) rebase(stored, kept);
    // Only another version is a reason.
  }, [stored.etag]);

  const meet = async (): Promise<void> => {
    const [now, kept] = [await look(), typed()];
    setTheirs(pick(toValues(now.data), Object.keys(kept)));
    rebase(now, kept);
    queries.setQueryData(queryKey, now);
  };
  const submission = useSubmit<Values, { readonly sent: Values; readonly saved: Tagged<Data> }>({
    form,
    run: async () => {
      const sent = form.getValues();
      return { sent, saved: await save(mine(), base.etag) };
    },
    changes,
    done: ({ saved }) => (typeof done === 'string' ? done : done(saved.data)),
    onDone: ({ sent, saved }) => {
      setTheirs(undefined);
      rebase(saved, changesOf(sent, form.getValues()));
      queries.setQueryData(queryKey, saved);
    },
    onProblem: (error) => {
      if (!isProblem(error, 'precondition-failed')) return false;
      meet().catch(submission.setProblem);
      return true;
    },
  });
  const submit = (): void => {
    if (Object.keys(mine()).length === 0) notifyDone(text.t('edit.nothing'), text);
    else submission.submit();
  };
  const discard = (): void => {
    setTheirs(undefined);
    submission.setProblem(undefined);
    form.reset();
  };
  return { ...submission, submit, form, theirs, discard, isChanged: Object.keys(mine()).length > 0 };
}

const asItIs = <Values>(values: Values): Values => values;

function changesOf<Values extends object>(before: Values, after: Values): Partial<Values> {
  const old = before as Record<string, unknown>;
  const changed = Object.entries(after).filter(([name, value]) => !isSame(old[name], value));
  return Object.fromEntries(changed) as Partial<Values>;
}

function pick<Values extends object>(values: Values, names: readonly string[]): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => names.includes(name)),
  ) as Partial<Values>;
}

/** Values of forms are plain: texts, numbers, switches, and lists of these. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
