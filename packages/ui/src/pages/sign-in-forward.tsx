import type { ReactNode } from 'react';
import { nameOf } from '../components/name.js';
import type { PageProps } from './page-props.js';

/** Seen for a moment, or for as long as the provider takes to answer. */
export function SignInForwardPage({ page, text }: PageProps<'sign-in-forward'>): ReactNode {
  const { name, href } = page.provider;
  return (
    <div className="card">
      <h1>{text.t('signIn.forwardTitle', { provider: nameOf(name, text, 60) })}</h1>
      <p className="lead">{text.t('signIn.forwardText')}</p>
      {page.form === undefined ? (
        <a className="button button-wide" href={href}>
          {text.t('signIn.forwardLink')}
        </a>
      ) : (
        <form method="post" action={href}>
          {Object.entries(page.form).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <button className="button button-primary button-wide" type="submit">
            {text.t('signIn.forwardButton')}
          </button>
        </form>
      )}
    </div>
  );
}
