import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { IdentityProvider, IdentityProviderPatch } from '../../api/types.js';
import { EditForm } from '../../components/edit-form.js';
import { SecretInput } from '../../components/secret-input.js';
import { Section } from '../../components/section.js';
import { useText } from '../../text/text.js';
import type { OfProvider } from './provider-page.js';
import { useProviderEdit } from './use-provider-edit.js';

const WAYS = ['client_secret_basic', 'client_secret_post', 'none'] as const;

function toValues({ name, issuer, client_id, client_authentication, scope }: IdentityProvider) {
  return {
    ...{ name, issuer: issuer ?? '', client_id: client_id ?? '', client_secret: '' },
    ...{ client_authentication: client_authentication ?? WAYS[0], scope: scope ?? '' },
  };
}

function toPatch({
  client_id: clientId,
  client_secret: secret,
  ...rest
}: Partial<ReturnType<typeof toValues>>) {
  return {
    ...rest,
    ...(clientId === undefined ? {} : { client_id: clientId.trim() || null }),
    ...(secret === undefined ? {} : { client_secret: secret }),
  } satisfies IdentityProviderPatch;
}

export function OidcSettings({ provider }: OfProvider): ReactNode {
  const { t } = useText();
  const edit = useProviderEdit({ provider, toValues, toPatch });
  const { form } = edit;
  const labels = {
    ...{ name: t('providers.name'), issuer: t('providers.issuer'), client_id: t('providers.clientId') },
    ...{ client_authentication: t('providers.clientAuthentication'), scope: t('providers.scope') },
  };
  return (
    <Section title={t('providers.steps.settings')} lead={t('providers.steps.settingsLead')}>
      <EditForm edit={edit} labels={labels}>
        <TextInput
          label={labels.name}
          description={t('providers.nameHelp')}
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <TextInput
          label={labels.issuer}
          description={t('providers.issuerHelp')}
          autoComplete="off"
          {...form.getInputProps('issuer')}
        />
        <TextInput
          label={labels.client_id}
          description={t('providers.clientIdHelp')}
          autoComplete="off"
          {...form.getInputProps('client_id')}
        />
        <SecretInput
          label={t('providers.clientSecret')}
          description={t(
            provider.data.has_client_secret ? 'providers.clientSecretKept' : 'providers.clientSecretHelp',
          )}
          // A password manager would offer the administrator's own password here.
          autoComplete="new-password"
          {...form.getInputProps('client_secret')}
        />
        <NativeSelect
          label={labels.client_authentication}
          data={WAYS.map((value) => ({ value, label: t(`providers.clientAuthentication.${value}`) }))}
          {...form.getInputProps('client_authentication')}
        />
        <TextInput
          label={labels.scope}
          description={t('providers.scopeHelp')}
          autoComplete="off"
          {...form.getInputProps('scope')}
        />
      </EditForm>
    </Section>
  );
}
