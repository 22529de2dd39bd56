import type { ReactNode } from 'react';
import { DoneIcon } from '../components/icons.js';
import { nameOf } from '../components/name.js';
import type { ProviderSignOut } from '../page.js';
import type { Text } from '../text/text.js';
import type { PageProps } from './page-props.js';

export function SignedOutPage({ page, text }: PageProps<'signed-out'>): ReactNode {
  return (
    <div className="card">
      <p className="emblem emblem-done">
        <DoneIcon />
      </p>
      <h1>{text.t('signedOut.title')}</h1>
      <p className="lead">{text.t('signedOut.text')}</p>
      {page.provider !== undefined && <AtProvider provider={page.provider} text={text} />}
      <a className="button button-wide" href={page.signInPath}>
        {text.t('signedOut.signIn')}
      </a>
    </div>
  );
}

/** A link, not a form: nobody knows where a company’s own sign-out leads on to. */
function AtProvider(props: { readonly provider: ProviderSignOut; readonly text: Text }): ReactNode {
  const { provider, text } = props;
  const name = nameOf(provider.name, text, 60);
  return (
    <>
      <p className="lead">{text.t(`signedOut.provider.${provider.kind}`, { provider: name })}</p>
      {provider.kind === 'offered' && (
        <a className="button button-primary button-wide" href={provider.href}>
          {text.t('signedOut.atProvider', { provider: name })}
        </a>
      )}
    </>
  );
}
