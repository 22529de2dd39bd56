import type { ReactNode } from 'react';
import { nameOf } from '../components/name.js';
import type { ProviderLink } from '../page.js';
import type { Text } from '../text/text.js';

/**
 * Links, not forms: browsers hold a form to the page's form-action through every redirect that follows, and nobody
 * knows where a company's own sign-in leads.
 */
export function ProviderButtons(props: {
  readonly providers: readonly ProviderLink[];
  readonly text: Text;
  /** Whether there is a form above them. */
  readonly beside?: boolean;
}): ReactNode {
  const { providers, text, beside = false } = props;
  if (providers.length === 0) return null;
  return (
    <>
      {beside && (
        <p className="or">
          <span>{text.t('signIn.or')}</span>
        </p>
      )}
      <ul className="providers">
        {providers.map(({ name, href }) => (
          <li key={href}>
            <a className="button" href={href}>
              {text.t('signIn.with', { provider: nameOf(name, text, 60) })}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
