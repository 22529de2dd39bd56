import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { applicationsKey, deleteLogo, putLogo } from '../../../api/applications.js';
import type { Application } from '../../../api/types.js';
import { ChangedMeanwhile } from '../../../components/changed-meanwhile.js';
import { LeaveGuard } from '../../../components/leave-guard.js';
import type { Edit } from '../../../components/use-edit.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { LogoField } from '../../../components/logo-field.js';
import { Section } from '../../../components/section.js';
import { useText } from '../../../text/text.js';
import { RedirectUrls } from '../redirect-urls.js';
import { urlErrorsOf } from '../url-errors.js';
import { ConsentPreview } from './consent-preview.js';
import { describeDifferences } from './describe-differences.js';
import { IdentityFields } from './identity-fields.js';
import { PermissionFields } from './permission-fields.js';
import { RefreshPolicyFields } from './refresh-policy-fields.js';
import type { SettingsValues } from './settings-form.js';
import { useSettings } from './use-settings.js';

interface Props {
  readonly application: Application;
  readonly etag: string;
}

export function SettingsEditor({ application, etag }: Props): ReactNode {
  const { t } = useText();
  const settings = useSettings({ data: application, etag });
  const { form, isChanged } = settings;
  const { kind, client_id: clientId } = application;
  return (
    <form
      ref={settings.ref}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        settings.submit();
      }}
    >
      <Stack gap="lg">
        <Section title={t('settings.identity')} lead={t('settings.identityHelp')}>
          <div className="with-preview">
            <Stack gap="md">
              <LogoField
                name={application.name}
                logoUrl={application.logo_url}
                put={(file) => putLogo(clientId, file)}
                remove={() => deleteLogo(clientId)}
                changes={[applicationsKey]}
              />
              <IdentityFields form={form} />
            </Stack>
            <ConsentPreview application={application} values={form.values} />
          </div>
        </Section>
        {kind !== 'machine' && (
          <Section title={t('application.redirectUrls')}>
            <RedirectUrls
              kind={kind}
              urls={form.values.redirect_urls}
              onChange={(urls) => {
                form.setFieldValue('redirect_urls', urls);
                form.clearErrors();
              }}
              errors={urlErrorsOf(form.errors, form.values.redirect_urls)}
            />
          </Section>
        )}
        {kind !== 'machine' && (
          <Section title={t('settings.refresh')}>
            <RefreshPolicyFields form={form} kind={kind} />
          </Section>
        )}
        <Section title={t('settings.permissions')}>
          <PermissionFields form={form} kind={kind} />
        </Section>
        <SaveBar settings={settings} />
        <LeaveGuard isChanged={isChanged} />
      </Stack>
    </form>
  );
}

function SaveBar({ settings }: { readonly settings: Edit<SettingsValues> }): ReactNode {
  const text = useText();
  const { t } = text;
  const { form, theirs, problem, isRunning, isChanged } = settings;
  return (
    <div
      className="save-bar"
      data-changed={isChanged || undefined}
      role="group"
      aria-label={t('common.save')}
    >
      <Stack gap="sm">
        {theirs !== undefined && (
          <ChangedMeanwhile
            differences={describeDifferences({ theirs, mine: form.values }, text)}
            isSaving={isRunning}
            onOverwrite={settings.submit}
            onTakeTheirs={settings.discard}
          />
        )}
        {problem !== undefined && <ProblemAlert error={problem} />}
        <Group justify="space-between">
          <Text size="sm" c="dimmed" role="status">
            {isChanged ? t('settings.unsaved') : t('settings.allSaved')}
          </Text>
          <Group gap="sm">
            {isChanged && (
              <Button variant="default" onClick={settings.discard}>
                {t('settings.discard')}
              </Button>
            )}
            {/* Never disabled when all is saved: whoever saved by the keyboard would lose their place. */}
            <Button type="submit" loading={isRunning}>
              {t('common.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </div>
  );
}
