import type { ReactNode } from 'react';
import { Field } from '../components/field.js';
import { DoneIcon } from '../components/icons.js';
import { Name } from '../components/name.js';
import { ApplicationTile } from '../components/tile.js';
import type { ApplicationCard, NewPasswordProblem } from '../page.js';
import type { Text } from '../text/text.js';
import type { PageProps } from './page-props.js';
import { HiddenFormElement } from './second-factor-parts.js';
import { UsernameForPasswordManagers } from './sign-in-parts.js';

export function NewPasswordPage({ page, text }: PageProps<'new-password'>): ReactNode {
  return (
    <div className="card">
      <h1>{text.t(`newPassword.${page.purpose}.title`)}</h1>
      <p className="lead">
        {text.rich('newPassword.for', {
          username: (
            <strong>
              <Name text={text} value={page.username} longest={256} />
            </strong>
          ),
        })}
      </p>
      <HiddenFormElement form={page.form}>
        <UsernameForPasswordManagers username={page.username} />
        <Field
          label={text.t('newPassword.password')}
          problem={problemText(page.problem, text)}
          invalid={page.problem !== undefined && page.problem.kind !== 'busy'}
          input={{ name: 'password', type: 'password', autoComplete: 'new-password' }}
        />
        <p className="field-hint">{text.t('newPassword.hint')}</p>
        {page.connections.length > 0 && <EndConnections connections={page.connections} text={text} />}
        <button className="button button-primary" type="submit">
          {text.t('newPassword.submit')}
        </button>
      </HiddenFormElement>
      <p className="aside">{text.t('newPassword.endsSessions')}</p>
    </div>
  );
}

/** Whoever knew the old password may have connected one of these. */
function EndConnections(props: {
  readonly connections: readonly ApplicationCard[];
  readonly text: Text;
}): ReactNode {
  const { connections, text } = props;
  return (
    <fieldset className="end-connections">
      <legend>{text.t('newPassword.connections')}</legend>
      <ul>
        {connections.map((application, index) => (
          <li key={`${index} ${application.name}`}>
            <ApplicationTile application={application} size="small" />
            <Name text={text} value={application.name} />
          </li>
        ))}
      </ul>
      <label className="check" htmlFor="end_connections">
        <input type="checkbox" id="end_connections" name="end_connections" value="yes" />
        <span>{text.t('newPassword.endConnections')}</span>
      </label>
    </fieldset>
  );
}

function problemText(problem: NewPasswordProblem | undefined, text: Text): ReactNode {
  if (problem === undefined) return undefined;
  return text.t(problem.kind === 'busy' ? 'signIn.problem.busy' : `newPassword.problem.${problem.kind}`);
}

export function NewPasswordDonePage({ page, text }: PageProps<'new-password-done'>): ReactNode {
  return (
    <div className="card">
      <p className="emblem emblem-done">
        <DoneIcon />
      </p>
      <h1>{text.t('newPassword.doneTitle')}</h1>
      <p className="lead">
        {page.purpose === 'invitation'
          ? text.t('newPassword.doneInvitation')
          : text.t(page.endsConnections ? 'newPassword.doneAll' : 'newPassword.done')}
      </p>
      <a className="button button-primary button-wide" href={page.signInPath}>
        {text.t('signIn.submit')}
      </a>
    </div>
  );
}
