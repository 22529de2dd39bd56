import type { ReactNode } from 'react';
import { Name } from '../components/name.js';
import type { PageProps } from './page-props.js';
import { ProviderButtons } from './provider-buttons.js';
import { Reason, SignInHelp } from './sign-in-parts.js';

export function SignInChoicePage({ page, context, text }: PageProps<'sign-in-choice'>): ReactNode {
  const { organization } = context;
  return (
    <div className="card">
      <h1>
        {organization === undefined
          ? text.t('signIn.title')
          : text.rich('signIn.titleTo', { organization: <Name text={text} value={organization.name} /> })}
      </h1>
      <Reason application={page.application} text={text} />
      <p className="caption choose">{text.t('signIn.choose')}</p>
      <ProviderButtons providers={page.providers} text={text} />
      {page.passwordPath !== undefined && (
        <p className="other-ways">
          <a className="quiet-action" href={page.passwordPath}>
            {text.t('signIn.withPassword')}
          </a>
        </p>
      )}
      <SignInHelp organization={organization} text={text} />
    </div>
  );
}
