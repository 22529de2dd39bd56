import type { ReactNode } from 'react';
import { Field } from '../components/field.js';
import { QrCode } from '../components/qr-code.js';
import type { PageProps } from './page-props.js';
import {
  CODE_INPUT,
  HiddenFormElement,
  isAboutCode,
  secondFactorProblemText,
  WhoChip,
} from './second-factor-parts.js';

/** Three steps in the order in which a person does them. */
export function SecondFactorSetUpPage({ page, context, text }: PageProps<'second-factor-set-up'>): ReactNode {
  const organization = context.organization?.name ?? 'Fluxo';
  return (
    <div className="card set-up">
      <h1>{text.t('secondFactor.setUpTitle')}</h1>
      <p className="lead">
        {page.required
          ? text.rich('secondFactor.setUpRequired', { organization: <bdi>{organization}</bdi> })
          : text.t('secondFactor.setUpHelp')}
      </p>
      <WhoChip username={page.username} changePath={page.changeUsernamePath} text={text} />
      <ol className="steps">
        <li>{text.t('secondFactor.stepApp')}</li>
        <li>
          <p>{text.t('secondFactor.stepScan')}</p>
          <QrCode value={page.uri} label={text.t('secondFactor.qrLabel')} />
          <details>
            <summary>{text.t('secondFactor.cannotScan')}</summary>
            <p>{text.t('secondFactor.typeSecret')}</p>
            <p className="secret">
              <code>{inGroups(page.secret)}</code>
            </p>
          </details>
        </li>
        <li>
          <p>{text.t('secondFactor.stepCode')}</p>
          <HiddenFormElement form={page.form}>
            <Field
              label={text.t('secondFactor.code')}
              problem={secondFactorProblemText(page.problem, text)}
              invalid={isAboutCode(page.problem)}
              waits={page.problem === undefined || page.problem.kind === 'setup-gone'}
              input={CODE_INPUT}
            />
            <button className="button button-primary" type="submit">
              {text.t('secondFactor.confirmSetUp')}
            </button>
          </HiddenFormElement>
        </li>
      </ol>
      {!page.required && (
        <p className="other-way">
          <a className="quiet-action" href="/account">
            {text.t('secondFactor.backToAccount')}
          </a>
        </p>
      )}
    </div>
  );
}

/** Four letters at a time are easier to follow with a finger; apps leave the spaces out. */
const inGroups = (secret: string): string => secret.replace(/.{4}(?=.)/g, '$& ');
