import { useForm, type UseFormReturnType } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import {
  applicationKey,
  applicationQuery,
  applicationsKey,
  updateApplication,
} from '../../../api/applications.js';
import type { Tagged } from '../../../api/client.js';
import { isProblem } from '../../../api/problem.js';
import type { Application } from '../../../api/types.js';
import { placeFieldErrors } from '../../../components/form-problems.js';
import { useAction } from '../../../components/use-action.js';
import { useText } from '../../../text/text.js';
import { changedNames, toPatch, toValues, type SettingsValues } from './settings-form.js';

export type SettingsForm = UseFormReturnType<SettingsValues>;

export interface Settings {
  readonly form: SettingsForm;
  /** What the form began with. */
  readonly base: SettingsValues;
  /** What is stored now, where somebody else changed it since. */
  readonly theirs: Tagged<Application> | undefined;
  /** What the API said that has no field here. */
  readonly problem: unknown;
  readonly isSaving: boolean;
  readonly save: () => void;
  readonly takeTheirs: () => void;
  readonly reset: () => void;
}

/** The form of one application: what is sent is what was changed, on the condition that nobody else was faster. */
export function useSettings(read: Tagged<Application>): Settings {
  const { t } = useText();
  const queries = useQueryClient();
  const { client_id: clientId } = read.data;
  const [begun, setBegun] = useState(read);
  const [theirs, setTheirs] = useState<Tagged<Application>>();
  const [problem, setProblem] = useState<unknown>();
  const base = toValues(begun.data);
  const form = useForm<SettingsValues>({ initialValues: base });

  const begin = (from: Tagged<Application>): void => {
    setBegun(from);
    setTheirs(undefined);
    setProblem(undefined);
    form.setInitialValues(toValues(from.data));
    form.setValues(toValues(from.data));
    form.resetDirty(toValues(from.data));
    form.clearErrors();
  };

  const isTouched = changedNames(form.values, base).length > 0;
  useEffect(() => {
    // A newer version was read, and nothing was typed here that it could cost.
    if (read.etag !== begun.etag && !isTouched) begin(read);
  }, [read.etag]);

  const saving = useAction({
    run: (values: SettingsValues) =>
      updateApplication(clientId, (theirs ?? begun).etag, toPatch(values, base)),
    changes: [[...applicationsKey, 'list']],
    done: ({ data }) => t('settings.saved', { name: data.name }),
    onDone: (saved) => {
      queries.setQueryData(applicationKey(clientId), saved);
      begin(saved);
    },
    onProblem: (error) => {
      if (isProblem(error, 'precondition-failed')) {
        void queries.query({ ...applicationQuery(clientId), staleTime: 0 }).then(setTheirs, setProblem);
      } else {
        setProblem(placeFieldErrors(form, error));
        focusFirstError();
      }
      return true;
    },
  });

  return {
    ...{ form, base, theirs, problem },
    isSaving: saving.isPending,
    save: () => {
      form.clearErrors();
      setProblem(undefined);
      saving.mutate(form.values);
    },
    takeTheirs: () => begin(theirs ?? begun),
    reset: () => begin(begun),
  };
}

/** Whoever can't see the red line is led to it. */
function focusFirstError(): void {
  setTimeout(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus());
}
