import type { ReactNode } from 'react';
import { Moment } from '../components/time.js';
import type { AccountSecondFactor } from '../page.js';
import type { Text } from '../text/text.js';

export function AccountSecondFactorCard(props: {
  readonly secondFactor: AccountSecondFactor;
  readonly text: Text;
}): ReactNode {
  const { text, secondFactor } = props;
  const { added, required } = secondFactor;
  return (
    <section className="card" aria-labelledby="second-factor">
      <h2 id="second-factor">{text.t('account.secondFactor')}</h2>
      <p className="lead">{text.t('account.secondFactorHelp')}</p>
      {added === undefined ? (
        <div className="everywhere">
          <p>{text.t('account.secondFactorOff')}</p>
          <a className="button" href="/account/second-factor/set-up">
            {text.t('account.secondFactorSetUp')}
          </a>
        </div>
      ) : (
        <div className="everywhere">
          <p className="facts">
            <span>
              {text.rich('account.secondFactorOn', {
                time: <Moment text={text} at={added.at} style="day" />,
              })}
            </span>{' '}
            <span>{text.t('account.recoveryCodesLeft', { count: added.recoveryCodesLeft })}</span>
          </p>
          <p className="button-row">
            <a className="button" href="/account/second-factor/renew">
              {text.t('account.renewRecoveryCodes')}
            </a>
            {!required && (
              <a className="button button-stop" href="/account/second-factor/remove">
                {text.t('account.removeSecondFactor')}
              </a>
            )}
          </p>
        </div>
      )}
    </section>
  );
}
