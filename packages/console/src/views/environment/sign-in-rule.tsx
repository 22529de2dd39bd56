import { Radio, Stack, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { EditForm } from '../../components/edit-form.js';
import { useText } from '../../text/text.js';
import { useEnvironmentEdit, type OfEnvironment } from './use-environment-edit.js';

const RULES = ['off', 'offered', 'required'] as const;

/** Whether people sign in at an identity provider: never, if they want, or always. */
export function SignInRule({ environment }: OfEnvironment): ReactNode {
  const { t } = useText();
  const edit = useEnvironmentEdit({
    environment,
    toValues: ({ single_sign_on, administrators_exempt }) => ({ single_sign_on, administrators_exempt }),
    done: t('environment.ruleDone'),
  });
  const { form } = edit;
  const labels = { single_sign_on: t('environment.rule'), administrators_exempt: t('environment.exempt') };
  return (
    <EditForm edit={edit} labels={labels}>
      <Radio.Group aria-label={labels.single_sign_on} {...form.getInputProps('single_sign_on')}>
        <Stack gap="xs">
          {RULES.map((rule) => (
            <Radio
              key={rule}
              value={rule}
              label={t(`environment.rule.${rule}`)}
              description={t(`environment.rule.${rule}Help`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Switch
        label={labels.administrators_exempt}
        description={t('environment.exemptHelp')}
        {...form.getInputProps('administrators_exempt', { type: 'checkbox' })}
      />
    </EditForm>
  );
}
