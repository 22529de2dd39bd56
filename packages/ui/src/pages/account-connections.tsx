import type { ReactNode } from 'react';
import { AccountForm } from '../components/form.js';
import { Name, nameOf } from '../components/name.js';
import { ApplicationTile } from '../components/tile.js';
import { Ago, Moment } from '../components/time.js';
import type { Connection } from '../page.js';
import type { Text } from '../text/text.js';
import { Abilities } from './abilities.js';

interface Common {
  readonly formToken: string;
  readonly text: Text;
}

export function Connections(props: Common & { readonly connections: readonly Connection[] }): ReactNode {
  const { connections, text, formToken } = props;
  return (
    <section className="card" aria-labelledby="applications">
      <h2 id="applications">{text.t('account.applications')}</h2>
      {connections.length === 0 ? (
        <div className="empty">
          <p>
            <strong>{text.t('account.noApplications')}</strong>
          </p>
          <p>{text.t('account.noApplicationsHelp')}</p>
        </div>
      ) : (
        <>
          <p className="lead">{text.t('account.applicationsHelp')}</p>
          <ul className="rows">
            {connections.map((connection) => (
              <ConnectionRow key={connection.consentId} {...{ connection, text, formToken }} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function ConnectionRow(props: Common & { readonly connection: Connection }): ReactNode {
  const { connection, text } = props;
  const { application, consentId } = connection;
  return (
    <li className="row">
      <ApplicationTile application={application} size="small" />
      <div className="row-text">
        <h3>
          <Name text={text} value={application.name} />
        </h3>
        {application.developerName !== undefined && (
          <p>
            {text.rich('consent.by', { developer: <Name text={text} value={application.developerName} /> })}
          </p>
        )}
        <Uses connection={connection} text={text} />
        <details>
          <summary>{text.t('account.mayDo')}</summary>
          <Abilities text={text} />
        </details>
      </div>
      <AccountForm
        action="/account/disconnect"
        formToken={props.formToken}
        row={{ name: 'consent_id', value: consentId }}
      >
        <button
          className="button button-stop"
          type="submit"
          aria-label={text.t('account.disconnectLabel', { application: nameOf(application.name, text) })}
        >
          {text.t('account.disconnect')}
        </button>
      </AccountForm>
    </li>
  );
}

function Uses({ connection, text }: { readonly connection: Connection; readonly text: Text }): ReactNode {
  const { connectedAt, lastUsedAt } = connection;
  return (
    <p className="facts">
      <span>
        {text.rich('account.connectedSince', { time: <Moment text={text} at={connectedAt} style="day" /> })}
      </span>{' '}
      <span>
        {lastUsedAt === undefined
          ? text.t('account.notUsed')
          : text.rich('account.lastUsed', { time: <Ago text={text} at={lastUsedAt} /> })}
      </span>
    </p>
  );
}
