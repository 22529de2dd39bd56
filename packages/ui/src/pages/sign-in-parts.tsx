import type { ReactNode } from 'react';
import { ApplicationTile } from '../components/tile.js';
import { Moment } from '../components/time.js';
import { Name } from '../components/name.js';
import type { ApplicationCard, Organization, SignInProblem } from '../page.js';
import type { Text } from '../text/text.js';
import { formatRelative } from '../text/times.js';

/** Why this person is asked to sign in, beside the heading. */
export function Reason(props: {
  readonly application: ApplicationCard | undefined;
  readonly text: Text;
}): ReactNode {
  const { application, text } = props;
  if (application === undefined) return <p className="lead">{text.t('signIn.forAccount')}</p>;
  return (
    <p className="lead reason">
      <ApplicationTile application={application} size="small" />
      <span>
        {text.rich('signIn.for', {
          application: (
            <strong>
              <Name text={text} value={application.name} />
            </strong>
          ),
        })}
      </span>
    </p>
  );
}

export function problemText(problem: SignInProblem | undefined, text: Text): ReactNode {
  if (problem === undefined) return undefined;
  if (problem.kind !== 'throttled') return text.t(`signIn.problem.${problem.kind}`);
  return waitText(problem.retryAt, text);
}

export function waitText(retryAt: number, text: Text): ReactNode {
  // A moment that has passed while the page was made still means: soon.
  const at = Math.max(retryAt, text.now + 1000);
  return text.rich('signIn.problem.throttled', {
    when: formatRelative(text.locale, at, text.now) ?? '',
    time: <Moment text={text} at={at} style="clock" />,
  });
}

/** Waiting is not a mistake in what was typed. */
export const isAboutInput = (problem: SignInProblem | undefined): boolean =>
  problem !== undefined && problem.kind !== 'throttled' && problem.kind !== 'busy';

export function SignInHelp(props: {
  readonly organization: Organization | undefined;
  readonly text: Text;
}): ReactNode {
  const { organization, text } = props;
  if (organization === undefined) return null;
  return (
    <p className="aside">
      {text.rich('signIn.help', { organization: <Name text={text} value={organization.name} /> })}
    </p>
  );
}

/**
 * Password managers look for the account in the same form. It has no name, so it is never posted: who signs
 * in is what the flow says, not what a form says.
 */
export function UsernameForPasswordManagers(props: { readonly username: string }): ReactNode {
  return (
    <input
      className="visually-hidden"
      type="text"
      autoComplete="username"
      value={props.username}
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  );
}
