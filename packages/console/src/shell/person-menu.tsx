import { Avatar, Menu, UnstyledButton, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Me } from '../api/types.js';
import { useTextSwitch, type Locale } from '../text/text.js';

const SCHEMES = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[];

/** Languages are named in themselves: whoever can't read this page finds the own one. */
const LOCALES: Readonly<Record<Locale, string>> = { en: 'English', 'pt-BR': 'Português (Brasil)' };

export function PersonMenu({ me }: { readonly me: Me }): ReactNode {
  const { text, choose } = useTextSwitch();
  const { t, locale } = text;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu position="bottom-end" width={240} closeOnItemClick={false}>
        <Menu.Target>
          <UnstyledButton aria-label={me.user.name}>
            <Avatar name={me.user.name} color="accent" variant="filled" size="md" alt="" aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <bdi>{me.user.name}</bdi> · <bdi>{me.user.username}</bdi>
          </Menu.Label>
          <Menu.Item component="a" href="/account">
            {t('shell.account')}
          </Menu.Item>
          <Menu.Item component="a" href="/api/v1/docs">
            {t('shell.apiDocs')}
          </Menu.Item>
          <Menu.Divider />
          <Choices
            label={t('shell.scheme')}
            chosen={colorScheme}
            choices={SCHEMES.map((scheme) => [scheme, t(`shell.scheme.${scheme}`)])}
            choose={setColorScheme}
          />
          <Menu.Divider />
          <Choices
            label={t('shell.language')}
            chosen={locale}
            choices={Object.entries(LOCALES) as [Locale, string][]}
            choose={choose}
          />
          <Menu.Divider />
          <Menu.Item component="button" type="submit" form="sign-out">
            {t('shell.signOut')}
          </Menu.Item>
          <Menu.Label>{t('shell.version', { version: me.version })}</Menu.Label>
        </Menu.Dropdown>
      </Menu>
      {/* As on the account page: a form of this origin with the session's own token. */}
      <form id="sign-out" method="post" action="/sign-out" hidden>
        <input type="hidden" name="form_token" value={me.csrf_token ?? ''} />
      </form>
    </>
  );
}

interface ChoicesProps<Value extends string> {
  readonly label: string;
  readonly chosen: Value;
  readonly choices: readonly (readonly [Value, string])[];
  readonly choose: (value: Value) => void;
}

function Choices<Value extends string>({ label, chosen, choices, choose }: ChoicesProps<Value>): ReactNode {
  return (
    <div role="group" aria-label={label}>
      <Menu.Label>{label}</Menu.Label>
      <Menu.RadioGroup value={chosen} onChange={(value) => choose(value as Value)}>
        {choices.map(([value, name]) => (
          <Menu.RadioItem key={value} value={value} lang={value in LOCALES ? value : undefined}>
            {name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </div>
  );
}
