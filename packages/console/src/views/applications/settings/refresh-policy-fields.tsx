import { Alert, NumberInput, Stack, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Kind } from '../../../api/types.js';
import { useText } from '../../../text/text.js';
import { describeRefreshPolicy } from './describe-refresh-policy.js';
import type { SettingsForm } from './use-settings.js';

interface Props {
  readonly form: SettingsForm;
  readonly kind: Kind;
}

const LIMITS = ['absolute_days', 'inactivity_days'] as const;

/** How long a connection lasts, in days and in plain words. */
export function RefreshPolicyFields({ form, kind }: Props): ReactNode {
  const text = useText();
  const { t } = text;
  const isSpa = kind === 'spa';
  return (
    <Stack gap="md">
      <Alert color="accent" variant="light" role="status">
        {describeRefreshPolicy(form.values.refresh_policy, text)}
      </Alert>
      {LIMITS.map((name) => (
        <NumberInput
          key={name}
          label={t(`refresh.${name}`)}
          description={t(`refresh.${name}Help`)}
          placeholder={t('refresh.noLimit')}
          min={1}
          max={3650}
          allowDecimal={false}
          allowNegative={false}
          maw="24rem"
          {...form.getInputProps(`refresh_policy.${name}`)}
          onChange={(value) =>
            form.setFieldValue(`refresh_policy.${name}`, typeof value === 'number' ? value : '')
          }
        />
      ))}
      <Switch
        label={t('refresh.rotation')}
        description={t(isSpa ? 'refresh.rotationAlways' : 'refresh.rotationHelp')}
        disabled={isSpa}
        {...form.getInputProps('refresh_policy.rotation', { type: 'checkbox' })}
      />
    </Stack>
  );
}
