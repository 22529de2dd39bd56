import type { ReactNode } from 'react';
import { DoneIcon } from '../components/icons.js';
import type { PageProps } from './page-props.js';

export function SignedOutPage({ page, text }: PageProps<'signed-out'>): ReactNode {
  return (
    <div className="card">
      <p className="emblem emblem-done">
        <DoneIcon />
      </p>
      <h1>{text.t('signedOut.title')}</h1>
      <p className="lead">{text.t('signedOut.text')}</p>
      <a className="button button-wide" href={page.signInPath}>
        {text.t('signedOut.signIn')}
      </a>
    </div>
  );
}
