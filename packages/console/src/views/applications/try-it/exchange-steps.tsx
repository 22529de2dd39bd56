import { Alert, Button, Group, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Application } from '../../../api/types.js';
import { SecretInput } from '../../../components/secret-input.js';
import { Section } from '../../../components/section.js';
import { useText } from '../../../text/text.js';
import { useShownSecret } from '../use-shown-secret.js';
import {
  exchangeCode,
  readAnswer,
  searchProjects,
  sessionIdOf,
  type CameBack,
  type TryValues,
} from './exchange.js';
import type { Attempt } from './pkce.js';
import { ShownStep } from './shown-step.js';

interface Props {
  readonly application: Application;
  readonly values: TryValues;
  readonly attempt: Attempt;
  readonly onAgain: () => void;
}

/** From the address that came back to the first call in somebody's name. */
export function ExchangeSteps({ application, values, attempt, onAgain }: Props): ReactNode {
  const { t } = useText();
  const [pasted, setPasted] = useState('');
  const answer = pasted.trim() === '' ? undefined : readAnswer(pasted, values, attempt);
  return (
    <>
      <Section title={t('try.pasteTitle')} lead={t('try.pasteHelp')}>
        <Textarea
          label={t('try.pasted')}
          placeholder={`${values.redirectUri}?code=…`}
          autosize
          minRows={2}
          spellCheck={false}
          value={pasted}
          onChange={(event) => setPasted(event.currentTarget.value)}
          error={problemOf(answer, t)}
        />
      </Section>
      {answer?.kind === 'code' && (
        <Exchange key={answer.code} {...{ application, values, attempt, onAgain }} code={answer.code} />
      )}
    </>
  );
}

type Translate = ReturnType<typeof useText>['t'];

function problemOf(answer: CameBack | undefined, t: Translate): string | undefined {
  if (answer === undefined || answer.kind === 'code') return undefined;
  if (answer.kind !== 'refused') return t(`try.${answer.kind}`);
  return t('try.refused', { error: answer.error, description: answer.description ?? '' });
}

function Exchange({
  application,
  values,
  attempt,
  code,
  onAgain,
}: Props & { readonly code: string }): ReactNode {
  const { t } = useText();
  const shown = useShownSecret(application.client_id);
  const [secret, setSecret] = useState(shown ?? '');
  const isPublic = application.kind === 'spa';
  const exchange = useMutation({
    mutationFn: () =>
      exchangeCode({ values, attempt, code, clientSecret: isPublic ? undefined : secret.trim() }),
  });
  const sessionId = exchange.data === undefined ? undefined : sessionIdOf(exchange.data);
  return (
    <>
      <Section title={t('try.exchangeTitle')} lead={t('try.exchangeHelp')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            exchange.mutate();
          }}
        >
          <Group align="end">
            {!isPublic && (
              <SecretInput
                label={t('try.secret')}
                description={t('try.secretHelp')}
                autoComplete="off"
                required
                value={secret}
                onChange={(event) => setSecret(event.currentTarget.value)}
                visibilityToggleButtonProps={{ 'aria-label': t('try.showSecret') }}
                flex="1 1 18rem"
              />
            )}
            <Button type="submit" loading={exchange.isPending} disabled={!isPublic && secret.trim() === ''}>
              {t('try.exchange')}
            </Button>
          </Group>
        </form>
        {exchange.isError && <Alert color="danger" title={t('problem.offline')} role="alert" />}
        {exchange.data !== undefined && <ShownStep step={exchange.data} />}
        {exchange.data !== undefined && sessionId === undefined && (
          <Group>
            <Button variant="default" onClick={onAgain}>
              {t('try.again')}
            </Button>
          </Group>
        )}
      </Section>
      {sessionId !== undefined && <Call sessionId={sessionId} />}
    </>
  );
}

function Call({ sessionId }: { readonly sessionId: string }): ReactNode {
  const { t } = useText();
  const call = useMutation({ mutationFn: () => searchProjects(sessionId) });
  return (
    <Section title={t('try.callTitle')} lead={t('try.callHelp')}>
      <Group>
        <Button loading={call.isPending} onClick={() => call.mutate()}>
          {t('try.call')}
        </Button>
      </Group>
      {call.isError && <Alert color="danger" title={t('problem.offline')} role="alert" />}
      {call.data !== undefined && <ShownStep step={call.data} />}
    </Section>
  );
}
