import type { ReactNode } from 'react';
import { Field } from '../components/field.js';
import { FlowFormElement } from '../components/form.js';
import { Name } from '../components/name.js';
import type { PageProps } from './page-props.js';
import { ProviderButtons } from './provider-buttons.js';
import { isAboutInput, problemText, Reason, SignInHelp } from './sign-in-parts.js';

export function SignInUsernamePage({ page, context, text }: PageProps<'sign-in-username'>): ReactNode {
  const { organization } = context;
  return (
    <div className="card">
      <h1>
        {organization === undefined
          ? text.t('signIn.title')
          : text.rich('signIn.titleTo', { organization: <Name text={text} value={organization.name} /> })}
      </h1>
      <Reason application={page.application} text={text} />
      <FlowFormElement form={page.form} className="stack">
        <Field
          label={text.t('signIn.username')}
          problem={problemText(page.problem, text)}
          invalid={isAboutInput(page.problem)}
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
          {text.t('signIn.continue')}
        </button>
      </FlowFormElement>
      <ProviderButtons providers={page.providers ?? []} text={text} beside />
      <SignInHelp organization={organization} text={text} />
    </div>
  );
}
