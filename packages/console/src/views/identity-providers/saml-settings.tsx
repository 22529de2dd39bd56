import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { IdentityProvider, IdentityProviderPatch } from '../../api/types.js';
import { EditForm } from '../../components/edit-form.js';
import { Section } from '../../components/section.js';
import { useText } from '../../text/text.js';
import { CertificateEnds } from './certificates.js';
import { MetadataField } from './metadata-field.js';
import type { OfProvider } from './provider-page.js';
import { useProviderEdit } from './use-provider-edit.js';

const BINDINGS = ['redirect', 'post'] as const;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function toValues(provider: IdentityProvider) {
  return {
    name: provider.name,
    metadata: '',
    entity_id: provider.entity_id ?? '',
    sign_on_url: provider.sign_on_url ?? '',
    sign_on_binding: provider.sign_on_binding ?? 'redirect',
    sign_out_url: provider.sign_out_url ?? '',
    sign_out_answer_url: provider.sign_out_answer_url ?? '',
    certificates: provider.certificates?.join('\n') ?? '',
    sign_requests: provider.sign_requests ?? false,
  };
}

function toPatch({
  certificates,
  sign_out_url: signOut,
  sign_out_answer_url: answer,
  ...rest
}: Partial<ReturnType<typeof toValues>>): IdentityProviderPatch {
  return {
    ...rest,
    ...(certificates === undefined ? {} : { certificates: certificatesIn(certificates) }),
    ...(signOut === undefined ? {} : { sign_out_url: signOut.trim() || null }),
    ...(answer === undefined ? {} : { sign_out_answer_url: answer.trim() || null }),
  };
}

/** What has no form of one goes as it is: the server says what is wrong with it. */
function certificatesIn(text: string): string[] {
  if (text.trim() === '') return [];
  return text.match(CERTIFICATE) ?? [text];
}

export function SamlSettings({ provider }: OfProvider): ReactNode {
  const { t } = useText();
  const edit = useProviderEdit({ provider, toValues, toPatch });
  const { form } = edit;
  const labels = {
    ...{ name: t('providers.name'), entity_id: t('providers.entityId') },
    ...{ sign_on_url: t('providers.signOnUrl'), sign_on_binding: t('providers.signOnBinding') },
    ...{ sign_out_url: t('providers.signOutUrl'), sign_out_answer_url: t('providers.signOutAnswerUrl') },
    ...{ certificates: t('providers.certificates'), sign_requests: t('providers.signRequests') },
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
        <MetadataField {...form.getInputProps('metadata')} />
        <TextInput label={labels.entity_id} autoComplete="off" {...form.getInputProps('entity_id')} />
        <TextInput
          label={labels.sign_on_url}
          description={t('providers.signOnUrlHelp')}
          autoComplete="off"
          {...form.getInputProps('sign_on_url')}
        />
        <NativeSelect
          label={labels.sign_on_binding}
          data={BINDINGS.map((value) => ({ value, label: t(`providers.signOnBinding.${value}`) }))}
          {...form.getInputProps('sign_on_binding')}
        />
        <TextInput
          label={labels.sign_out_url}
          description={t('providers.signOutUrlHelp')}
          autoComplete="off"
          {...form.getInputProps('sign_out_url')}
        />
        <TextInput
          label={labels.sign_out_answer_url}
          description={t('providers.signOutAnswerUrlHelp')}
          autoComplete="off"
          {...form.getInputProps('sign_out_answer_url')}
        />
        <CertificateEnds provider={provider.data} />
        <Textarea
          label={labels.certificates}
          description={t('providers.certificatesHelp')}
          spellCheck={false}
          autosize
          minRows={3}
          maxRows={10}
          styles={{ input: { fontFamily: 'var(--font-code)', fontSize: '0.875rem' } }}
          {...form.getInputProps('certificates')}
        />
        <Switch
          label={labels.sign_requests}
          description={t('providers.signRequestsHelp')}
          {...form.getInputProps('sign_requests', { type: 'checkbox' })}
        />
      </EditForm>
    </Section>
  );
}
