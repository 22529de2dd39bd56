import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';
import { ChangedMeanwhile } from './changed-meanwhile.js';
import { differencesOf, type LabelsOf } from './differences-of.js';
import { LeaveGuard } from './leave-guard.js';
import { ProblemAlert } from './problem-alert.js';
import type { Edit } from './use-edit.js';
import type { Submit } from './use-submit.js';

interface EditFormProps<Values extends Record<string, unknown>> {
  readonly edit: Edit<Values>;
  /** What the fields are called beside themselves. A field without one, a secret above all, is shown nowhere else. */
  readonly labels: LabelsOf<Values>;
  readonly children: ReactNode;
}

/** The fields of something that exists, and what may come in between. */
export function EditForm<Values extends Record<string, unknown>>(props: EditFormProps<Values>): ReactNode {
  const { edit, labels, children } = props;
  const text = useText();
  const { theirs, form, discard, isRunning, submit } = edit;
  if (theirs === undefined) {
    return (
      <SubmitForm submission={edit} action={text.t('common.save')}>
        {children}
        <LeaveGuard isChanged={edit.isChanged} />
      </SubmitForm>
    );
  }
  return (
    <SubmitForm submission={edit}>
      {children}
      <LeaveGuard isChanged={edit.isChanged} />
      <ChangedMeanwhile
        differences={differencesOf({ theirs, mine: form.values, labels }, text)}
        isSaving={isRunning}
        onOverwrite={submit}
        onTakeTheirs={discard}
      />
    </SubmitForm>
  );
}

interface SubmitFormProps {
  readonly submission: Submit;
  /** On the button; without one, something in the form has it. */
  readonly action?: string;
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** A form of our own checks and of the API's: both stand at the fields, and the browser keeps out of it. */
export function SubmitForm({ submission, action, beside, children }: SubmitFormProps): ReactNode {
  const { ref, submit, problem, isRunning } = submission;
  return (
    <form
      ref={ref}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        {children}
        {problem !== undefined && <ProblemAlert error={problem} />}
        {action !== undefined && (
          <Group gap="sm">
            <Button type="submit" loading={isRunning}>
              {action}
            </Button>
            {beside}
          </Group>
        )}
      </Stack>
    </form>
  );
}
