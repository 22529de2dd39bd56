import type { ReactNode } from 'react';
import { Field } from '../components/field.js';
import { FlowFormElement } from '../components/form.js';
import type { PageProps } from './page-props.js';
import { CODE_INPUT, isAboutCode, secondFactorProblemText, WhoChip } from './second-factor-parts.js';
import { SignInHelp } from './sign-in-parts.js';

export function SecondFactorCodePage({ page, context, text }: PageProps<'second-factor-code'>): ReactNode {
  const isApp = page.way === 'app';
  return (
    <div className="card">
      <h1>{text.t(isApp ? 'secondFactor.codeTitle' : 'secondFactor.recoveryTitle')}</h1>
      <p className="lead">{text.t(isApp ? 'secondFactor.codeHelp' : 'secondFactor.recoveryHelp')}</p>
      <WhoChip username={page.username} changePath={page.changeUsernamePath} text={text} />
      <FlowFormElement form={page.form} className="stack">
        {!isApp && <input type="hidden" name="with" value="recovery-code" />}
        <Field
          label={text.t(isApp ? 'secondFactor.code' : 'secondFactor.recoveryCode')}
          problem={secondFactorProblemText(page.problem, text)}
          invalid={isAboutCode(page.problem)}
          input={isApp ? CODE_INPUT : RECOVERY_INPUT}
        />
        <button className="button button-primary" type="submit">
          {text.t('signIn.submit')}
        </button>
      </FlowFormElement>
      <p className="other-way">
        <a className="quiet-action" href={page.otherWayPath}>
          {text.t(isApp ? 'secondFactor.useRecoveryCode' : 'secondFactor.useApp')}
        </a>
      </p>
      <SignInHelp organization={context.organization} text={text} />
    </div>
  );
}

const RECOVERY_INPUT = {
  ...CODE_INPUT,
  inputMode: 'text',
  autoComplete: 'off',
  maxLength: 32,
} as const;
