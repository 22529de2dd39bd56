import type { ReactNode } from 'react';
import { Field } from '../components/field.js';
import { FlowFormElement } from '../components/form.js';
import { Name } from '../components/name.js';
import type { PageProps } from './page-props.js';
import { ProviderButtons } from './provider-buttons.js';
import {
  isAboutInput,
  problemText,
  Reason,
  SignInHelp,
  UsernameForPasswordManagers,
} from './sign-in-parts.js';

export function SignInPasswordPage({ page, context, text }: PageProps<'sign-in-password'>): ReactNode {
  return (
    <div className="card">
      <h1>{text.t('signIn.passwordTitle')}</h1>
      <Reason application={page.application} text={text} />
      <div className="account-chip">
        <p className="caption">{text.t('signIn.signingInAs')}</p>
        <p className="account-chip-text">
          <strong>
            <Name text={text} value={page.username} longest={256} />
          </strong>
        </p>
        <a className="quiet-action" href={page.changeUsernamePath} aria-label={text.t('signIn.changeLabel')}>
          {text.t('signIn.change')}
        </a>
      </div>
      <FlowFormElement form={page.form} className="stack">
        <UsernameForPasswordManagers username={page.username} />
        <Field
          label={text.t('signIn.password')}
          problem={problemText(page.problem, text)}
          invalid={isAboutInput(page.problem)}
          input={{ name: 'password', type: 'password', autoComplete: 'current-password' }}
        />
        <button className="button button-primary" type="submit">
          {text.t('signIn.submit')}
        </button>
      </FlowFormElement>
      <ProviderButtons providers={page.providers ?? []} text={text} beside />
      {page.forgotPasswordPath !== undefined && (
        <p className="other-way">
          <a className="quiet-action" href={page.forgotPasswordPath}>
            {text.t('forgotPassword.title')}
          </a>
        </p>
      )}
      <SignInHelp organization={context.organization} text={text} />
    </div>
  );
}
