import type { ReactNode } from 'react';
import { AccountForm } from '../components/form.js';
import { Name, nameOf } from '../components/name.js';
import { Ago, Moment, momentText } from '../components/time.js';
import type { BrowserSession } from '../page.js';
import type { Text } from '../text/text.js';

interface Common {
  readonly formToken: string;
  readonly text: Text;
}

export function Sessions(props: Common & { readonly sessions: readonly BrowserSession[] }): ReactNode {
  const { sessions, text, formToken } = props;
  return (
    <section className="card" aria-labelledby="sessions">
      <h2 id="sessions">{text.t('account.sessions')}</h2>
      {sessions.length === 0 ? (
        <p className="empty">{text.t('account.noSessions')}</p>
      ) : (
        <>
          <p className="lead">{text.t('account.sessionsHelp')}</p>
          <ul className="rows">
            {sessions.map((session) => (
              <SessionRow key={session.sessionId} {...{ session, text, formToken }} />
            ))}
          </ul>
        </>
      )}
      <div className="everywhere">
        <p>{text.t('account.signOutEverywhereHelp')}</p>
        <AccountForm action="/account/sign-out-everywhere" formToken={formToken}>
          <button className="button button-danger" type="submit">
            {text.t('account.signOutEverywhere')}
          </button>
        </AccountForm>
      </div>
    </section>
  );
}

function SessionRow(props: Common & { readonly session: BrowserSession }): ReactNode {
  const { session, text } = props;
  const device = session.device ?? text.t('account.unknownDevice');
  return (
    <li className="row">
      <div className="row-text">
        <h3>
          <Name text={text} value={device} />
          {session.current && <span className="badge badge-here">{text.t('account.thisBrowser')}</span>}
        </h3>
        <p className="facts">
          <span>
            {text.rich('account.signedIn', {
              time: <Moment text={text} at={session.signedInAt} style="minute" />,
            })}
          </span>{' '}
          <span>{text.rich('account.lastUsed', { time: <Ago text={text} at={session.lastUsedAt} /> })}</span>
        </p>
      </div>
      {/* This browser's own session ends with “Sign out”, which also clears its cookie. */}
      {!session.current && <EndSession {...props} device={device} />}
    </li>
  );
}

function EndSession(
  props: Common & { readonly session: BrowserSession; readonly device: string },
): ReactNode {
  const { session, text, device } = props;
  const label = text.t('account.endSessionLabel', {
    device: nameOf(device, text),
    time: momentText(text, session.signedInAt, 'minute'),
  });
  return (
    <AccountForm
      action="/account/end-session"
      formToken={props.formToken}
      row={{ name: 'session_id', value: session.sessionId }}
    >
      <button className="button button-stop" type="submit" aria-label={label}>
        {text.t('account.endSession')}
      </button>
    </AccountForm>
  );
}
