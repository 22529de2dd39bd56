import { Button, Group, Paper, Radio, Stack, Stepper, Text, TextInput, Title } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { applicationsKey, createApplication } from '../../../api/applications.js';
import { ApiProblem } from '../../../api/problem.js';
import type { Kind, NewApplication } from '../../../api/types.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { useSubmit, type Submit } from '../../../components/use-submit.js';
import { ViewHeader } from '../../../components/view-header.js';
import { useText } from '../../../text/text.js';
import { KINDS } from '../kinds.js';
import { RedirectUrls } from '../redirect-urls.js';
import { urlErrorsOf } from '../url-errors.js';
import { showSecret } from '../shown-once.js';

interface Draft extends Record<string, unknown> {
  readonly kind: Kind;
  readonly name: string;
  readonly redirect_urls: string[];
}

type DraftForm = UseFormReturnType<Draft>;

const NAME_STEP = 1;
const URLS_STEP = 2;

/** Three questions at most: what it is, what it is called, and where people come back to. */
export function CreateApplication(): ReactNode {
  const { t } = useText();
  const [step, setStep] = useState(0);
  const form = useForm<Draft>({
    initialValues: { kind: 'web', name: '', redirect_urls: [''] },
    validate: { name: (name) => (name.trim() === '' ? t('application.nameMissing') : null) },
  });
  const creation = useCreation(form, setStep);
  const { problem } = creation;
  const last = form.values.kind === 'machine' ? NAME_STEP : URLS_STEP;
  const advance = (): void => {
    if (step === last) creation.submit();
    else if (step !== NAME_STEP || !form.validateField('name').hasError) setStep(step + 1);
  };
  return (
    <>
      <ViewHeader title={t('applications.create')} lead={t('create.lead')} />
      <form
        ref={creation.ref}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          advance();
        }}
      >
        <Paper data-surface p={{ base: 'md', sm: 'xl' }} maw="48rem">
          <Stepper
            active={step}
            size="sm"
            mb="xl"
            iconSize={32}
            allowNextStepsSelect={false}
            onStepClick={setStep}
          >
            <Stepper.Step label={t('create.step.kind')} />
            <Stepper.Step label={t('create.step.name')} />
            {last === URLS_STEP && <Stepper.Step label={t('create.step.urls')} />}
          </Stepper>
          <Stack gap="lg">
            <StepContent step={step} form={form} />
            {problem !== undefined && <ProblemAlert error={problem} />}
            <Group justify="space-between">
              {step > 0 ? (
                <Button variant="default" onClick={() => setStep(step - 1)}>
                  {t('common.back')}
                </Button>
              ) : (
                <span />
              )}
              <Button type="submit" loading={creation.isRunning}>
                {step === last ? t('create.submit') : t('common.next')}
              </Button>
            </Group>
          </Stack>
        </Paper>
      </form>
    </>
  );
}

function useCreation(form: DraftForm, setStep: (step: number) => void): Submit {
  const navigate = useNavigate();
  const { t } = useText();
  return useSubmit({
    form,
    run: () => createApplication(toBody(form.getValues())),
    changes: [applicationsKey],
    done: ({ name }) => t('create.done', { name }),
    onDone: ({ client_id: clientId, client_secret: secret }) => {
      if (secret !== null) showSecret(clientId, secret);
      void navigate({ to: '/applications/$clientId', params: { clientId } });
    },
    onProblem: (error) => {
      if (isAtName(error)) setStep(NAME_STEP);
      return false;
    },
  });
}

const toBody = ({ kind, name, redirect_urls: urls }: Draft): NewApplication => ({
  ...{ kind, name: name.trim() },
  ...(kind === 'machine' ? {} : { redirect_urls: urls.filter((url) => url !== '') }),
});

function StepContent({ step, form }: { readonly step: number; readonly form: DraftForm }): ReactNode {
  const { t } = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // Arriving at the page leaves the focus alone; arriving at a step begins at its question.
    if (!first.current) heading.current?.focus();
    first.current = false;
  }, [step]);
  const titles = ['create.kindQuestion', 'create.nameQuestion', 'create.urlsQuestion'] as const;
  return (
    <Stack gap="md">
      <Title order={2} size="h3" tabIndex={-1} ref={heading} className="step-title">
        {t(titles[step] ?? 'create.kindQuestion')}
      </Title>
      {step === 0 && <KindChoice form={form} />}
      {step === NAME_STEP && (
        <TextInput
          label={t('applications.name')}
          description={t('create.nameHelp')}
          required
          maxLength={200}
          autoComplete="off"
          {...form.getInputProps('name')}
        />
      )}
      {step === URLS_STEP && (
        <RedirectUrls
          kind={form.values.kind}
          urls={form.values.redirect_urls}
          onChange={(urls) => form.setFieldValue('redirect_urls', urls)}
          errors={urlErrorsOf(form.errors, form.values.redirect_urls)}
        />
      )}
    </Stack>
  );
}

function KindChoice({ form }: { readonly form: DraftForm }): ReactNode {
  const { t } = useText();
  return (
    <Radio.Group aria-label={t('create.kindQuestion')} {...form.getInputProps('kind')}>
      <Stack gap="sm">
        {KINDS.map((kind) => (
          <Radio.Card key={kind} value={kind} p="md" className="choice">
            <Group wrap="nowrap" align="start">
              <Radio.Indicator mt={2} />
              <div>
                <Text fw={600}>{t(`applications.kind.${kind}`)}</Text>
                <Text>{t(`create.kind.${kind}.bestFor`)}</Text>
                <Text size="sm" c="dimmed">
                  {t(`create.kind.${kind}.examples`)}
                </Text>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}

const isAtName = (error: Error): boolean =>
  error instanceof ApiProblem && error.errors.some(({ field }) => field === 'name');
