import type { ReactNode } from 'react';
import { WarningIcon } from '../components/icons.js';
import { nameOf } from '../components/name.js';
import type { PageProps } from './page-props.js';

/** What happened at the organization's own sign-in, and every way that is left. */
export function SignInProviderProblemPage({
  page,
  context,
  text,
}: PageProps<'sign-in-provider-problem'>): ReactNode {
  const { problem } = page;
  const provider = nameOf(page.providerName ?? '', text, 60);
  return (
    <div className="card error">
      <p className="emblem">
        <WarningIcon />
      </p>
      <h1>{text.t(`provider.${problem}.title`, { provider })}</h1>
      <p className="wrong">{text.t(`provider.${problem}.wrong`, { provider })}</p>
      <p className="todo">{text.t(`provider.${problem}.todo`)}</p>
      {page.tryAgainPath !== undefined && (
        <a className="button button-primary button-wide" href={page.tryAgainPath}>
          {text.t('signIn.tryAgain')}
        </a>
      )}
      <p className="other-ways">
        {page.otherWayPath !== undefined && (
          <a className="quiet-action" href={page.otherWayPath}>
            {text.t('signIn.otherWay')}
          </a>
        )}
        {page.passwordPath !== undefined && (
          <a className="quiet-action" href={page.passwordPath}>
            {text.t('signIn.withPassword')}
          </a>
        )}
      </p>
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
