import type { ReactNode } from 'react';
import { Field } from '../components/field.js';
import { DoneIcon } from '../components/icons.js';
import type { PageProps } from './page-props.js';
import { SignInHelp, waitText } from './sign-in-parts.js';

export function ForgotPasswordPage({ page, context, text }: PageProps<'forgot-password'>): ReactNode {
  const { problem } = page;
  const words =
    problem?.kind === 'throttled'
      ? waitText(problem.retryAt, text)
      : problem && text.t('signIn.problem.username-missing');
  return (
    <div className="card">
      <h1>{text.t('forgotPassword.title')}</h1>
      <p className="lead">{text.t('forgotPassword.help')}</p>
      <form method="post" action={page.action} className="stack" noValidate>
        <Field
          label={text.t('signIn.username')}
          problem={words}
          invalid={problem?.kind === 'username-missing'}
          input={{
            name: 'username',
            type: 'text',
            autoComplete: 'username',
            autoCapitalize: 'none',
            autoCorrect: 'off',
            spellCheck: false,
            maxLength: 256,
            defaultValue: page.username,
          }}
        />
        <button className="button button-primary" type="submit">
          {text.t('forgotPassword.submit')}
        </button>
      </form>
      <SignInHelp organization={context.organization} text={text} />
    </div>
  );
}

export function ForgotPasswordSentPage({
  page,
  context,
  text,
}: PageProps<'forgot-password-sent'>): ReactNode {
  return (
    <div className="card">
      <p className="emblem emblem-done">
        <DoneIcon />
      </p>
      <h1>{text.t('forgotPassword.sentTitle')}</h1>
      <p className="lead">{text.t('forgotPassword.sent')}</p>
      <p className="todo">{text.t('forgotPassword.sentHelp')}</p>
      <a className="button button-wide" href={page.signInPath}>
        {text.t('forgotPassword.backToSignIn')}
      </a>
      <SignInHelp organization={context.organization} text={text} />
    </div>
  );
}
