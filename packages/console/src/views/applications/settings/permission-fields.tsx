import { Select, Stack, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Application, Kind } from '../../../api/types.js';
import { useText } from '../../../text/text.js';
import type { SettingsForm } from './use-settings.js';

const TOKEN_TYPES = [
  'by-endpoint',
  'sessionID',
  'Bearer',
] as const satisfies readonly Application['token_type'][];

interface Props {
  readonly form: SettingsForm;
  readonly kind: Kind;
}

/** What the application may do beyond asking people, and how its tokens are named. */
export function PermissionFields({ form, kind }: Props): ReactNode {
  const { t } = useText();
  return (
    <Stack gap="lg">
      {kind === 'web' && (
        <Switch
          label={t('settings.remember_consent')}
          description={t('settings.remember_consentHelp')}
          {...form.getInputProps('remember_consent', { type: 'checkbox' })}
        />
      )}
      {kind !== 'spa' && (
        <Switch
          label={t('settings.introspect_environment')}
          description={t('settings.introspect_environmentHelp')}
          {...form.getInputProps('introspect_environment', { type: 'checkbox' })}
        />
      )}
      {kind === 'machine' && (
        <Switch
          label={t('settings.admin_api')}
          description={t('settings.admin_apiHelp')}
          {...form.getInputProps('admin_api', { type: 'checkbox' })}
        />
      )}
      <Select
        label={t('settings.token_type')}
        description={t('settings.token_typeHelp')}
        data={TOKEN_TYPES.map((value) => ({ value, label: t(`settings.token_type.${value}`) }))}
        allowDeselect={false}
        maw="24rem"
        {...form.getInputProps('token_type')}
      />
    </Stack>
  );
}
