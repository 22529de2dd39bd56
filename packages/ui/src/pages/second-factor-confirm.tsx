import type { ReactNode } from 'react';
import { Field } from '../components/field.js';
import type { PageProps } from './page-props.js';
import { HiddenFormElement, isAboutCode, secondFactorProblemText, WhoChip } from './second-factor-parts.js';

export function SecondFactorConfirmPage({ page, text }: PageProps<'second-factor-confirm'>): ReactNode {
  const { change } = page;
  const button = change === 'remove' ? 'button button-danger' : 'button button-primary';
  return (
    <div className="card">
      <h1>{text.t(`secondFactor.${change}Title`)}</h1>
      <p className="lead">{text.t(`secondFactor.${change}Help`)}</p>
      <WhoChip username={page.username} changePath={undefined} text={text} />
      <HiddenFormElement form={page.form}>
        <Field
          label={text.t('secondFactor.proof')}
          problem={secondFactorProblemText(page.problem, text)}
          invalid={isAboutCode(page.problem)}
          input={{ name: 'proof', type: 'password', autoComplete: 'current-password' }}
        />
        <button className={button} type="submit">
          {text.t(`secondFactor.${change}Submit`)}
        </button>
      </HiddenFormElement>
      <p className="other-way">
        <a className="quiet-action" href="/account">
          {text.t('secondFactor.backToAccount')}
        </a>
      </p>
    </div>
  );
}
