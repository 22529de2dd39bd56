import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../../text/text.js';
import type { SettingsForm } from './use-settings.js';

const LINKS = ['description_url', 'privacy_url', 'terms_url'] as const;

/** What people see of the application when it asks for access. */
export function IdentityFields({ form }: { readonly form: SettingsForm }): ReactNode {
  const { t } = useText();
  return (
    <>
      <TextInput
        label={t('settings.name')}
        required
        maxLength={200}
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('settings.description')}
        description={t('settings.descriptionHelp')}
        autosize
        minRows={2}
        maxLength={1000}
        {...form.getInputProps('description')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('settings.developer_name')}
          autoComplete="off"
          {...form.getInputProps('developer_name')}
        />
        <TextInput
          label={t('settings.developer_email')}
          type="email"
          autoComplete="off"
          {...form.getInputProps('developer_email')}
        />
      </SimpleGrid>
      {LINKS.map((name) => (
        <TextInput
          key={name}
          label={t(`settings.${name}`)}
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder="https://"
          {...form.getInputProps(name)}
        />
      ))}
    </>
  );
}
