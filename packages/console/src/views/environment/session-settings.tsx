import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { EditForm } from '../../components/edit-form.js';
import { Section } from '../../components/section.js';
import { useText } from '../../text/text.js';
import { DurationInput } from './duration-input.js';
import { useEnvironmentEdit, type OfEnvironment } from './use-environment-edit.js';

export function SessionSettings({ environment }: OfEnvironment): ReactNode {
  const { t } = useText();
  const edit = useEnvironmentEdit({
    environment,
    toValues: ({ session_idle_timeout_minutes, session_total_age_minutes, session_id_in_query }) => ({
      ...{ session_idle_timeout_minutes, session_total_age_minutes, session_id_in_query },
    }),
    done: t('environment.sessionsDone'),
  });
  const { form } = edit;
  const labels = {
    session_idle_timeout_minutes: t('environment.idle'),
    session_total_age_minutes: t('environment.total'),
    session_id_in_query: t('environment.inQuery'),
  };
  return (
    <Section title={t('environment.sessions')} lead={t('environment.sessionsLead')}>
      <EditForm edit={edit} labels={labels}>
        <DurationInput
          label={labels.session_idle_timeout_minutes}
          description={t('environment.idleHelp')}
          {...form.getInputProps('session_idle_timeout_minutes')}
        />
        <DurationInput
          label={labels.session_total_age_minutes}
          description={t('environment.totalHelp')}
          {...form.getInputProps('session_total_age_minutes')}
        />
        <Switch
          label={labels.session_id_in_query}
          description={t('environment.inQueryHelp')}
          {...form.getInputProps('session_id_in_query', { type: 'checkbox' })}
        />
      </EditForm>
    </Section>
  );
}
