import type { ReactNode } from 'react';
import { Field } from '../components/field.js';
import { FlowFormElement } from '../components/form.js';
import { Name } from '../components/name.js';
import type { PageProps } from './page-props.js';
import { ProviderButtons } from './provider-buttons.js';
import { isAboutInput, problemText, Reason, SignInHelp } from './sign-in-parts.js';

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
      <SignInHelp organization={context.organization} text={text} />
    </div>
  );
}

/**
 * Password managers look for the account in the same form. It has no name, so it is never posted: who signs
 * in is what the flow says, not what a form says.
 */
function UsernameForPasswordManagers(props: { readonly username: string }): ReactNode {
  return (
    <input
      className="visually-hidden"
      type="text"
      autoComplete="username"
      value={props.username}
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  );
}
