import { Radio, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { NewUser, Schemas } from '../../api/types.js';
import { createUser, userListsKey } from '../../api/users.js';
import { SubmitForm } from '../../components/edit-form.js';
import { TextLink } from '../../components/link-button.js';
import { SecretInput } from '../../components/secret-input.js';
import { Section } from '../../components/section.js';
import { useSubmit } from '../../components/use-submit.js';
import { ViewHeader } from '../../components/view-header.js';
import { useText, type Text } from '../../text/text.js';
import { HandOver } from './hand-over.js';

type Way = 'invite' | 'password' | 'none';
const WAYS: readonly Way[] = ['invite', 'password', 'none'];

const EMPTY = {
  ...{ name: '', username: '', email: '', password: '' },
  ...{ administrator: false, way: 'invite' as Way },
};

type Values = typeof EMPTY;
type Created = Schemas['CreatedUser'];

export function NewUserView(): ReactNode {
  const text = useText();
  const { t } = text;
  const navigate = useNavigate();
  const [created, setCreated] = useState<Created>();
  return (
    <>
      <ViewHeader
        title={t('users.new.title')}
        back={
          <TextLink to="/users" size="sm">
            {t('users.back')}
          </TextLink>
        }
      />
      {created === undefined || created.link === null ? (
        <Form onCreated={setCreated} />
      ) : (
        <HandOver
          name={created.name}
          link={created.link}
          onStored={() =>
            void navigate({ to: '/users/$wid', params: { wid: created.wid }, ignoreBlocker: true })
          }
        />
      )}
    </>
  );
}

function Form({ onCreated }: { readonly onCreated: (user: Created) => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const navigate = useNavigate();
  const form = useForm<Values>({ initialValues: EMPTY, validate: (values) => faultsIn(values, text) });
  const submission = useSubmit({
    form,
    run: () => createUser(toBody(form.values)),
    changes: [userListsKey],
    done: ({ name, link }) => {
      const wasInvited = form.values.way === 'invite' && link === null;
      return t(wasInvited ? 'users.new.doneInvited' : 'users.new.done', { name });
    },
    onDone: (user) => {
      onCreated(user);
      if (user.link === null) void navigate({ to: '/users/$wid', params: { wid: user.wid } });
    },
  });
  return (
    <Section title={t('users.person')}>
      <SubmitForm submission={submission} action={t('users.new.submit')}>
        <TextInput label={t('users.name')} required autoComplete="off" {...form.getInputProps('name')} />
        <TextInput
          label={t('users.username')}
          description={t('users.usernameHelp')}
          required
          autoComplete="off"
          {...form.getInputProps('username')}
        />
        <TextInput
          type="email"
          label={t('users.email')}
          description={t('users.emailHelp')}
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <Switch
          label={t('users.administrator')}
          description={t('users.administratorHelp')}
          {...form.getInputProps('administrator', { type: 'checkbox' })}
        />
        <Radio.Group label={t('users.new.way')} {...form.getInputProps('way')}>
          <Stack gap="xs" mt="xs">
            {WAYS.map((way) => (
              <Radio
                key={way}
                value={way}
                label={t(`users.new.${way}`)}
                description={t(`users.new.${way}Help`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {form.values.way === 'password' && (
          <SecretInput
            label={t('users.new.passwordField')}
            required
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
        )}
      </SubmitForm>
    </Section>
  );
}

function faultsIn({ name, username, way, password }: Values, { t }: Text) {
  const missing = (value: string) => (value.trim() === '' ? t('edit.required') : null);
  return {
    name: missing(name),
    username: missing(username),
    password: way === 'password' ? missing(password) : null,
  };
}

function toBody({ name, username, email, administrator, way, password }: Values): NewUser {
  return {
    ...{ name: name.trim(), username: username.trim(), administrator },
    ...(email.trim() === '' ? {} : { email: email.trim() }),
    ...(way === 'invite' ? { invite: true } : {}),
    ...(way === 'password' ? { password } : {}),
    ...(way === 'none' ? { only_single_sign_on: true } : {}),
  };
}
