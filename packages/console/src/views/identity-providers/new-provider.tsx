import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { createProvider, providerListKey } from '../../api/identity-providers.js';
import type { IdentityProvider, NewIdentityProvider } from '../../api/types.js';
import { SubmitForm } from '../../components/edit-form.js';
import { TextLink } from '../../components/link-button.js';
import { Section } from '../../components/section.js';
import { useSubmit } from '../../components/use-submit.js';
import { ViewHeader } from '../../components/view-header.js';
import { useText, type Text as Voice } from '../../text/text.js';
import { MetadataField } from './metadata-field.js';

const KINDS = ['oidc', 'saml'] as const satisfies readonly IdentityProvider['kind'][];

const EMPTY = { kind: 'oidc' as IdentityProvider['kind'], name: '', issuer: '', metadata: '' };
type Values = typeof EMPTY;

/** What is known at the beginning; the rest is the provider's own view, step by step. */
export function NewProviderView(): ReactNode {
  const text = useText();
  const { t } = text;
  const navigate = useNavigate();
  const form = useForm<Values>({ initialValues: EMPTY, validate: (values) => faultsIn(values, text) });
  const submission = useSubmit({
    form,
    run: () => createProvider(toBody(form.values)),
    changes: [providerListKey],
    done: ({ name }) => t('providers.new.done', { name }),
    onDone: ({ id }) => void navigate({ to: '/identity-providers/$id', params: { id } }),
  });
  return (
    <>
      <ViewHeader
        title={t('providers.new.title')}
        lead={t('providers.new.lead')}
        back={
          <TextLink to="/identity-providers" size="sm">
            {t('providers.back')}
          </TextLink>
        }
      />
      <Section title={t('providers.new.kind')}>
        <SubmitForm submission={submission} action={t('providers.new.submit')}>
          <Radio.Group aria-label={t('providers.new.kind')} {...form.getInputProps('kind')}>
            <Stack gap="xs">
              {KINDS.map((kind) => (
                <Radio.Card key={kind} value={kind} className="choice" p="md">
                  <Text fw={600}>{t(`providers.kind.${kind}`)}</Text>
                  <Text size="sm" c="dimmed">
                    {t(`providers.new.${kind}Help`)}
                  </Text>
                </Radio.Card>
              ))}
            </Stack>
          </Radio.Group>
          <TextInput
            label={t('providers.name')}
            description={t('providers.nameHelp')}
            required
            autoComplete="off"
            {...form.getInputProps('name')}
          />
          {form.values.kind === 'oidc' ? (
            <TextInput
              label={t('providers.issuer')}
              description={t('providers.issuerHelp')}
              placeholder="https://id.example.com"
              required
              autoComplete="off"
              {...form.getInputProps('issuer')}
            />
          ) : (
            <MetadataField {...form.getInputProps('metadata')} />
          )}
        </SubmitForm>
      </Section>
    </>
  );
}

function faultsIn({ kind, name, issuer }: Values, { t }: Voice) {
  return {
    name: name.trim() === '' ? t('edit.required') : null,
    issuer: kind === 'oidc' && issuer.trim() === '' ? t('edit.required') : null,
  };
}

/** Off until somebody turns it on: a provider that is complete already is tried first. */
function toBody({ kind, name, issuer, metadata }: Values): NewIdentityProvider {
  return {
    ...{ kind, name: name.trim(), enabled: false },
    ...(kind === 'oidc' ? { issuer: issuer.trim() } : {}),
    ...(kind === 'saml' && metadata.trim() !== '' ? { metadata } : {}),
  };
}
