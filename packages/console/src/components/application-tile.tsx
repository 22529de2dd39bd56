import { Avatar, Image } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';

interface Props {
  readonly application: { readonly name: string; readonly logo_url: string | null };
  readonly size?: number;
}

/** The logo, or the name's first letter. The name always stands beside it, so it says nothing aloud. */
export function ApplicationTile({ application: { name, logo_url: logo }, size = 40 }: Props): ReactNode {
  if (logo !== null) {
    return (
      <Image src={logo} alt="" w={size} h={size} radius={size / 4} fit="contain" bg="white" flex="none" />
    );
  }
  const [letter = '?'] = Array.from(name.trim());
  return (
    <Avatar size={size} radius={size / 4} styles={{ placeholder: tintOf(name) }} aria-hidden>
      {letter.toLocaleUpperCase()}
    </Avatar>
  );
}

/** As on the pages: the same application always has the same colour, so that people know it again. */
function tintOf(name: string): CSSProperties {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  const tint = sum % 5;
  return { background: `var(--tint-${tint})`, color: `var(--on-tint-${tint})` };
}
