import type { ReactNode } from 'react';
import { WarningIcon } from '../components/icons.js';
import { Received } from '../components/received.js';
import type { ErrorProblem } from '../page.js';
import type { Text } from '../text/text.js';
import { DeveloperAdvice } from './developer-advice.js';
import type { PageProps } from './page-props.js';

/** What is wrong in one sentence, what to do in one sentence; the rest is for those who can repair it. */
export function ErrorPage({ page, context, text }: PageProps<'error'>): ReactNode {
  const { problem } = page;
  return (
    <div className="card error">
      <p className="emblem">
        <WarningIcon />
      </p>
      <h1>{text.t(`error.${problem.kind}.title`)}</h1>
      <p className="wrong">{whatIsWrong(problem, text)}</p>
      <p className="todo">{text.t(`error.${problem.kind}.todo`)}</p>
      <DeveloperAdvice problem={problem} text={text} />
      <dl className="request-id">
        <dt>{text.t('error.requestId')}</dt>
        <dd>
          <code>{context.requestId}</code>
          <span>{text.t('error.requestIdHelp')}</span>
        </dd>
      </dl>
    </div>
  );
}

function whatIsWrong(problem: ErrorProblem, text: Text): ReactNode {
  if (problem.kind !== 'parameter-repeated') return text.t(`error.${problem.kind}.wrong`);
  return text.rich('error.parameter-repeated.wrong', {
    parameter: (
      <code>
        <Received value={problem.parameter} />
      </code>
    ),
  });
}
