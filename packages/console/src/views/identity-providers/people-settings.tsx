import { Fieldset, SimpleGrid, Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { IdentityProvider, IdentityProviderPatch } from '../../api/types.js';
import { EditForm } from '../../components/edit-form.js';
import { Section } from '../../components/section.js';
import { useText } from '../../text/text.js';
import type { OfProvider } from './provider-page.js';
import { useProviderEdit } from './use-provider-edit.js';

function toValues(provider: IdentityProvider) {
  return {
    email_domains: provider.email_domains.join(', '),
    federation_id_attribute: provider.federation_id_attribute ?? '',
    first_name_attribute: provider.first_name_attribute ?? '',
    last_name_attribute: provider.last_name_attribute ?? '',
    email_attribute: provider.email_attribute ?? '',
    auto_provision: provider.auto_provision,
    update_names: provider.update_names,
  };
}

type Values = ReturnType<typeof toValues>;

function toPatch({ email_domains: domains, auto_provision, update_names, ...names }: Partial<Values>) {
  const attributes = Object.entries(names).map(([field, name]) => [field, name.trim() || null] as const);
  return {
    ...Object.fromEntries(attributes),
    ...(domains === undefined
      ? {}
      : { email_domains: domains.split(/[\s,;]+/).filter((each) => each !== '') }),
    ...(auto_provision === undefined ? {} : { auto_provision }),
    ...(update_names === undefined ? {} : { update_names }),
  } satisfies IdentityProviderPatch;
}

/** Whom the provider's words stand for. */
export function PeopleSettings({ provider }: OfProvider): ReactNode {
  const { t } = useText();
  const edit = useProviderEdit({ provider, toValues, toPatch });
  const { form } = edit;
  const labels = {
    email_domains: t('providers.emailDomains'),
    federation_id_attribute: t('providers.federationId'),
    first_name_attribute: t('providers.firstName'),
    last_name_attribute: t('providers.lastName'),
    email_attribute: t('providers.email'),
    auto_provision: t('providers.autoProvision'),
    update_names: t('providers.updateNames'),
  };
  return (
    <Section title={t('providers.steps.people')} lead={t('providers.steps.peopleLead')}>
      <EditForm edit={edit} labels={labels}>
        <TextInput
          label={labels.email_domains}
          description={t('providers.emailDomainsHelp')}
          placeholder="acme.example"
          autoComplete="off"
          {...form.getInputProps('email_domains')}
        />
        <Fieldset legend={t('providers.attributes')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={labels.federation_id_attribute}
              description={t('providers.federationIdHelp')}
              autoComplete="off"
              {...form.getInputProps('federation_id_attribute')}
            />
            {(['email_attribute', 'first_name_attribute', 'last_name_attribute'] as const).map((field) => (
              <TextInput
                key={field}
                label={labels[field]}
                autoComplete="off"
                style={{ alignSelf: 'end' }}
                {...form.getInputProps(field)}
              />
            ))}
          </SimpleGrid>
        </Fieldset>
        <Switch
          label={labels.auto_provision}
          description={t('providers.autoProvisionHelp')}
          {...form.getInputProps('auto_provision', { type: 'checkbox' })}
        />
        <Switch
          label={labels.update_names}
          description={t('providers.updateNamesHelp')}
          {...form.getInputProps('update_names', { type: 'checkbox' })}
        />
      </EditForm>
    </Section>
  );
}
