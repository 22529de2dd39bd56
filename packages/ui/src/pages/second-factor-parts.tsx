import type { ReactNode } from 'react';
import { Name } from '../components/name.js';
import type { HiddenForm, SecondFactorProblem } from '../page.js';
import type { Text } from '../text/text.js';
import { waitText } from './sign-in-parts.js';

export function secondFactorProblemText(problem: SecondFactorProblem | undefined, text: Text): ReactNode {
  if (problem === undefined) return undefined;
  if (problem.kind === 'throttled') return waitText(problem.retryAt, text);
  if (problem.kind === 'busy') return text.t('signIn.problem.busy');
  return text.t(`secondFactor.problem.${problem.kind}`);
}

/** Waiting is not a mistake in what was typed. */
export const isAboutCode = (problem: SecondFactorProblem | undefined): boolean =>
  problem !== undefined && problem.kind !== 'throttled' && problem.kind !== 'busy';

/** What every field for six digits has in common: phones show digits, and offer a code that just came. */
export const CODE_INPUT = {
  name: 'code',
  type: 'text',
  inputMode: 'numeric',
  autoComplete: 'one-time-code',
  autoCapitalize: 'none',
  autoCorrect: 'off',
  spellCheck: false,
  maxLength: 12,
} as const;

export function HiddenFormElement(props: {
  readonly form: HiddenForm;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <form method="post" action={props.form.action} className="stack" noValidate>
      {Object.entries(props.form.hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {props.children}
    </form>
  );
}

/** Whose second factor it is, with the way to be somebody else. */
export function WhoChip(props: {
  readonly username: string;
  readonly changePath: string | undefined;
  readonly text: Text;
}): ReactNode {
  const { username, changePath, text } = props;
  return (
    <div className={changePath === undefined ? 'account-chip account-chip-plain' : 'account-chip'}>
      <p className="caption">
        {text.t(changePath === undefined ? 'consent.signedInAs' : 'signIn.signingInAs')}
      </p>
      <p className="account-chip-text">
        <strong>
          <Name text={text} value={username} longest={256} />
        </strong>
      </p>
      {changePath !== undefined && (
        <a className="quiet-action" href={changePath} aria-label={text.t('signIn.changeLabel')}>
          {text.t('signIn.change')}
        </a>
      )}
    </div>
  );
}
