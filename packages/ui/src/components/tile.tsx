import type { ReactNode } from 'react';
import type { ApplicationCard } from '../page.js';
import { initials } from '../text/hostile-text.js';
import { isOwnPath } from './own-path.js';

type Size = 'small' | 'large';

/** Logo of an application, or its initial. The name always stands beside it, so it says nothing aloud. */
export function ApplicationTile(props: {
  readonly application: ApplicationCard;
  readonly size: Size;
}): ReactNode {
  const { name, logoPath } = props.application;
  const className = `tile tile-${props.size}`;
  if (isOwnPath(logoPath)) {
    return <img className={`${className} tile-logo`} src={logoPath} alt="" width="64" height="64" />;
  }
  return <Monogram className={`${className} tint-${tintOf(name)}`} letters={initials(name, 1)} />;
}

export function PersonTile(props: { readonly name: string; readonly size: Size }): ReactNode {
  return <Monogram className={`tile tile-${props.size} tile-person`} letters={initials(props.name, 2)} />;
}

function Monogram(props: { readonly className: string; readonly letters: string }): ReactNode {
  return (
    <span className={props.className} aria-hidden="true">
      {props.letters}
    </span>
  );
}

/** The same application always has the same colour, so that people know it again. */
function tintOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % 5;
}
