import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { applicationsKey, deleteLogo, putLogo } from '../../../api/applications.js';
import type { Application } from '../../../api/types.js';
import { ChangedMeanwhile } from '../../../components/changed-meanwhile.js';
import { LeaveGuard } from '../../../components/leave-guard.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { notifyDone } from '../../../components/notify.js';
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
import { changedNames } from './settings-form.js';
import { useSettings, type Settings } from './use-settings.js';

interface Props {
  readonly application: Application;
  readonly etag: string;
}

export function SettingsEditor({ application, etag }: Props): ReactNode {
  const text = useText();
  const { t } = text;
  const settings = useSettings({ data: application, etag });
  const { form } = settings;
  const { kind, client_id: clientId } = application;
  const isChanged = changedNames(form.values, settings.base).length > 0;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) settings.save();
        else notifyDone(text.t('edit.nothing'), text);
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
              errors={urlErrorsOf(form.errors)}
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
        <SaveBar settings={settings} isChanged={isChanged} />
        <LeaveGuard isChanged={isChanged} />
      </Stack>
    </form>
  );
}

function SaveBar({
  settings,
  isChanged,
}: {
  readonly settings: Settings;
  readonly isChanged: boolean;
}): ReactNode {
  const text = useText();
  const { t } = text;
  const { form, base, theirs, problem, isSaving } = settings;
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
            differences={describeDifferences({ values: form.values, base, theirs: theirs.data }, text)}
            isSaving={isSaving}
            onOverwrite={settings.save}
            onTakeTheirs={settings.takeTheirs}
          />
        )}
        {problem !== undefined && <ProblemAlert error={problem} />}
        <Group justify="space-between">
          <Text size="sm" c="dimmed" role="status">
            {isChanged ? t('settings.unsaved') : t('settings.allSaved')}
          </Text>
          <Group gap="sm">
            {isChanged && (
              <Button variant="default" onClick={settings.reset}>
                {t('settings.discard')}
              </Button>
            )}
            {/* Never disabled when all is saved: whoever saved by the keyboard would lose their place. */}
            <Button type="submit" loading={isSaving}>
              {t('common.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </div>
  );
}
