import { NumberInput, Radio, Skeleton, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { environmentQuery } from '../../api/environment.js';
import { EditForm } from '../../components/edit-form.js';
import { CopyFact } from '../../components/fact.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { Section } from '../../components/section.js';
import { ViewHeader } from '../../components/view-header.js';
import { useText } from '../../text/text.js';
import { Appearance } from './appearance.js';
import { SessionSettings } from './session-settings.js';
import { SignInRule } from './sign-in-rule.js';
import { useEnvironmentEdit, type OfEnvironment } from './use-environment-edit.js';

/** What holds for everybody and every application. Each part is saved by itself. */
export function EnvironmentPage(): ReactNode {
  const { t } = useText();
  const { data, error, refetch } = useQuery(environmentQuery);
  return (
    <>
      <ViewHeader title={t('environment.title')} lead={t('environment.lead')} />
      {data !== undefined && (
        <Stack gap="lg">
          <General environment={data} />
          <Section title={t('environment.rule')} lead={t('environment.signInLead')}>
            <SignInRule environment={data} />
          </Section>
          <SecondFactor environment={data} />
          <SessionSettings environment={data} />
          <Appearance environment={data} />
        </Stack>
      )}
      {data === undefined &&
        (error === null ? (
          <Skeleton height={320} />
        ) : (
          <ProblemAlert error={error} retry={() => void refetch()} />
        ))}
    </>
  );
}

function General({ environment }: OfEnvironment): ReactNode {
  const { t } = useText();
  const { origin, id } = environment.data;
  const edit = useEnvironmentEdit({
    environment,
    toValues: ({ name, max_applications }) => ({ name, max_applications }),
    done: t('environment.general.done'),
  });
  const labels = { name: t('environment.name'), max_applications: t('environment.maxApplications') };
  return (
    <Section title={t('environment.general')}>
      <EditForm edit={edit} labels={labels}>
        <TextInput
          label={labels.name}
          description={t('environment.nameHelp')}
          {...edit.form.getInputProps('name')}
        />
        <NumberInput
          label={labels.max_applications}
          description={t('environment.maxApplicationsHelp')}
          allowDecimal={false}
          allowNegative={false}
          maw="20rem"
          {...edit.form.getInputProps('max_applications')}
        />
      </EditForm>
      <CopyFact label={t('environment.origin')} value={origin} />
      <CopyFact label={t('environment.id')} value={id} />
    </Section>
  );
}

const FACTOR_RULES = ['optional', 'required'] as const;

function SecondFactor({ environment }: OfEnvironment): ReactNode {
  const { t } = useText();
  const edit = useEnvironmentEdit({
    environment,
    toValues: ({ second_factor }) => ({ second_factor }),
    done: t('environment.signIn.done'),
  });
  const labels = { second_factor: t('environment.secondFactor') };
  return (
    <Section title={t('environment.secondFactor')}>
      <EditForm edit={edit} labels={labels}>
        <Radio.Group aria-label={labels.second_factor} {...edit.form.getInputProps('second_factor')}>
          <Stack gap="xs">
            {FACTOR_RULES.map((rule) => (
              <Radio
                key={rule}
                value={rule}
                label={t(`environment.secondFactor.${rule}`)}
                description={t(`environment.secondFactor.${rule}Help`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      </EditForm>
    </Section>
  );
}
