import type { ReactNode } from 'react';
import { ExternalLink, NewTabLink } from '../components/link.js';
import { nameOf } from '../components/name.js';
import type { ApplicationCard } from '../page.js';
import type { Text } from '../text/text.js';

/** Opens beside the page: who looks first and decides then must find the question still there. */
export function AccountLink(props: { readonly text: Text }): ReactNode {
  return (
    <NewTabLink text={props.text} href="/account">
      {props.text.t('consent.accountLink')}
    </NewTabLink>
  );
}

const kinds = [
  ['consent.privacy', 'privacyUrl'],
  ['consent.terms', 'termsUrl'],
  ['consent.about', 'descriptionUrl'],
] as const;

export function ApplicationLinks(props: {
  readonly application: ApplicationCard;
  readonly text: Text;
}): ReactNode {
  const { application, text } = props;
  const links = kinds.flatMap(([key, property]) => {
    const href = application[property];
    return href === undefined ? [] : [{ key, href }];
  });
  if (links.length === 0) return null;
  return (
    <nav aria-label={text.t('consent.links', { application: nameOf(application.name, text) })}>
      <ul className="inline-links">
        {links.map(({ key, href }) => (
          <li key={key}>
            <ExternalLink text={text} href={href}>
              {text.t(key)}
            </ExternalLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
