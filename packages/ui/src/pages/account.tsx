import type { ReactNode } from 'react';
import { AccountForm } from '../components/form.js';
import { DoneIcon } from '../components/icons.js';
import { Name } from '../components/name.js';
import { PersonTile } from '../components/tile.js';
import type { AccountNotice } from '../page.js';
import type { Text } from '../text/text.js';
import { AccountSecondFactorCard } from './account-second-factor.js';
import { Connections } from './account-connections.js';
import { Sessions } from './account-sessions.js';
import type { PageProps } from './page-props.js';

export function AccountPage({ page, text }: PageProps<'account'>): ReactNode {
  return (
    <div className="account">
      <div className="account-head">
        <PersonTile name={page.user.name} size="large" />
        <div className="account-head-text">
          <h1>{text.t('account.title')}</h1>
          <p className="lead">
            <Name text={text} value={page.user.name} />
            {' · '}
            <Name text={text} value={page.user.username} longest={256} />
          </p>
        </div>
        <AccountForm action="/sign-out" formToken={page.formToken}>
          <button className="button" type="submit">
            {text.t('account.signOut')}
          </button>
        </AccountForm>
      </div>
      {page.notice !== undefined && <Notice notice={page.notice} text={text} />}
      <Connections connections={page.connections} formToken={page.formToken} text={text} />
      <Sessions sessions={page.sessions} formToken={page.formToken} text={text} />
      <AccountSecondFactorCard secondFactor={page.secondFactor} text={text} />
      <p className="aside">{text.t('time.allUtc')}</p>
    </div>
  );
}

function Notice({ notice, text }: { readonly notice: AccountNotice; readonly text: Text }): ReactNode {
  return (
    <div className="notice" role="status">
      <DoneIcon />
      <p>
        {notice.kind === 'disconnected'
          ? text.rich('account.notice.disconnected', {
              application: <Name text={text} value={notice.applicationName} />,
            })
          : text.t(`account.notice.${notice.kind}`)}
      </p>
    </div>
  );
}
