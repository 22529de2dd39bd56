import type { ReactNode } from 'react';
import { ReadIcon, WriteIcon } from '../components/icons.js';
import type { Text } from '../text/text.js';

/** What a connected application may do: always both, so a person learns the sentences once. */
export function Abilities(props: { readonly text: Text }): ReactNode {
  return (
    <ul className="abilities">
      <li>
        <ReadIcon />
        <span>{props.text.t('ability.read')}</span>
      </li>
      <li>
        <WriteIcon />
        <span>{props.text.t('ability.write')}</span>
      </li>
    </ul>
  );
}
