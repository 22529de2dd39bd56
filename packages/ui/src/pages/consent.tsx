import type { ReactNode } from 'react';
import { FlowFormElement } from '../components/form.js';
import { JointLine } from '../components/flow-lines.js';
import { Received } from '../components/received.js';
import { Name, nameOf } from '../components/name.js';
import { ApplicationTile, PersonTile } from '../components/tile.js';
import { Abilities } from './abilities.js';
import { AccountLink, ApplicationLinks } from './consent-links.js';
import type { PageProps } from './page-props.js';

type Props = PageProps<'consent'>;

/** The form stands behind the decision's: whatever takes the page's first form takes the question itself. */
const SWITCH_FORM = 'switch-account';

/** The page everything else is for. Who, as whom, what, where to: then one decision. */
export function ConsentPage(props: Props): ReactNode {
  const { page, text } = props;
  return (
    <div className="card consent">
      <WhoAsks {...props} />
      <AsWhom {...props} />
      <section aria-labelledby="abilities">
        <h2 id="abilities">{text.t('consent.abilities')}</h2>
        <Abilities text={text} />
      </section>
      <FlowFormElement form={page.form} className="decision">
        <button className="button button-primary button-allow" type="submit" name="decision" value="allow">
          {text.t('consent.allow')}
        </button>
        <button className="button" type="submit" name="decision" value="cancel">
          {text.t('consent.cancel')}
        </button>
      </FlowFormElement>
      <FlowFormElement id={SWITCH_FORM} form={{ action: page.switchAccountAction, flow: page.form.flow }} />
      <Afterwards {...props} />
    </div>
  );
}

function WhoAsks({ page, text }: Props): ReactNode {
  const { application, user } = page;
  return (
    <div className="who-asks">
      <p className="joint" aria-hidden="true">
        <ApplicationTile application={application} size="large" />
        <JointLine />
        <PersonTile name={user.name} size="large" />
      </p>
      <h1>{text.rich('consent.title', { application: <Name text={text} value={application.name} /> })}</h1>
      <Developer {...{ application, text }} />
      {application.description !== undefined && (
        <p className="description">
          <Name text={text} value={application.description} longest={240} />
        </p>
      )}
    </div>
  );
}

function Developer(props: Pick<Props, 'text'> & Pick<Props['page'], 'application'>): ReactNode {
  const { application, text } = props;
  const { developerName, developerEmail } = application;
  const shown = developerName ?? developerEmail;
  if (shown === undefined) return null;
  const developer = <Name text={text} value={shown} />;
  if (developerName === undefined || developerEmail === undefined) {
    return <p className="lead">{text.rich('consent.by', { developer })}</p>;
  }
  const email = <Name text={text} value={developerEmail} longest={254} />;
  return <p className="lead">{text.rich('consent.byWithEmail', { developer, email })}</p>;
}

function AsWhom({ page, context, text }: Props): ReactNode {
  const { organization } = context;
  return (
    <div className="account-chip">
      <p className="caption">{text.t('consent.signedInAs')}</p>
      <p className="account-chip-text">
        <strong>
          <Name text={text} value={page.user.name} />
        </strong>
        <span>
          <Name text={text} value={page.user.username} longest={256} />
        </span>
        {organization !== undefined && (
          <span>
            <Name text={text} value={organization.name} />
            {organization.lane !== 'my' && (
              <span className="badge badge-test">
                {text.t('lane.badge', { lane: nameOf(organization.lane, text) })}
              </span>
            )}
          </span>
        )}
      </p>
      <button className="quiet-action" type="submit" form={SWITCH_FORM}>
        {text.t('consent.switch')}
      </button>
    </div>
  );
}

function Afterwards({ page, text }: Props): ReactNode {
  return (
    <div className="afterwards">
      <p className="destination">
        {text.rich('consent.afterwards', {
          host: (
            <strong>
              {/* Whose a host is stands at its end: it is never cut. */}
              <Received value={page.redirectHost} longest={Infinity} />
            </strong>
          ),
        })}
      </p>
      <p>
        {text.rich('consent.takeBack', { account: <AccountLink text={text} /> })}
        {page.remembers && ` ${text.t('consent.remembers')}`}
      </p>
      <ApplicationLinks application={page.application} text={text} />
    </div>
  );
}
