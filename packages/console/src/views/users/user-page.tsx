import { Alert, Group, Skeleton, Stack, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Tagged } from '../../api/client.js';
import { meQuery } from '../../api/me.js';
import { isProblem } from '../../api/problem.js';
import type { User } from '../../api/types.js';
import { changeUser, readUser, userListsKey, userQuery } from '../../api/users.js';
import { EditForm } from '../../components/edit-form.js';
import { CopyFact } from '../../components/fact.js';
import { TextLink } from '../../components/link-button.js';
import { NotFound } from '../../components/not-found.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { Section } from '../../components/section.js';
import { StateBadge } from '../../components/state-badge.js';
import { useEdit } from '../../components/use-edit.js';
import { ViewHeader } from '../../components/view-header.js';
import { useText } from '../../text/text.js';
import { DeleteUser, UserAccess } from './user-access.js';
import { UserConnections } from './user-connections.js';

const route = getRouteApi('/users/$wid');

export function UserPage(): ReactNode {
  const { wid } = route.useParams();
  const { data, error, refetch } = useQuery(userQuery(wid));
  if (isProblem(error, 'not-found')) return <NotFound />;
  if (data !== undefined) return <Loaded key={wid} user={data} />;
  return error === null ? (
    <Skeleton height={240} />
  ) : (
    <ProblemAlert error={error} retry={() => void refetch()} />
  );
}

function Loaded({ user }: { readonly user: Tagged<User> }): ReactNode {
  const { t } = useText();
  const { data: me } = useQuery(meQuery);
  const { wid, name, enabled } = user.data;
  return (
    <>
      <ViewHeader
        title={name}
        heading={
          <Group gap="sm">
            <bdi>{name}</bdi>
            <StateBadge enabled={enabled} />
          </Group>
        }
        back={
          <TextLink to="/users" size="sm">
            {t('users.back')}
          </TextLink>
        }
        actions={
          <TextLink to="/activity" search={{ wid }}>
            {t('users.activity')}
          </TextLink>
        }
      />
      <Stack gap="lg">
        {me?.user.wid === wid && <Alert color="accent">{t('users.yourself')}</Alert>}
        <Person user={user} />
        <UserAccess user={user} />
        <UserConnections user={user.data} />
        <DeleteUser user={user} />
      </Stack>
    </>
  );
}

function toValues({ name, email, administrator, only_single_sign_on }: User) {
  return { name, email: email ?? '', administrator, only_single_sign_on };
}

function Person({ user }: { readonly user: Tagged<User> }): ReactNode {
  const { t } = useText();
  const { wid, username } = user.data;
  const edit = useEdit({
    stored: user,
    toValues,
    save: ({ email, ...changes }, etag) =>
      changeUser(wid, { ...changes, ...(email === undefined ? {} : { email: email.trim() || null }) }, etag),
    look: () => readUser(wid),
    queryKey: userQuery(wid).queryKey,
    changes: [userListsKey],
    done: t('users.saved'),
  });
  const { form } = edit;
  const labels = {
    ...{ name: t('users.name'), email: t('users.email') },
    administrator: t('users.administrator'),
    only_single_sign_on: t('users.onlySingleSignOn'),
  };
  return (
    <Section title={t('users.person')}>
      {/* It is how they are known here for good: the API takes no other. */}
      <CopyFact label={t('users.username')} value={username} />
      <EditForm edit={edit} labels={labels}>
        <TextInput label={labels.name} autoComplete="off" {...form.getInputProps('name')} />
        <TextInput
          type="email"
          label={labels.email}
          description={t('users.emailHelp')}
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <Switch
          label={labels.administrator}
          description={t('users.administratorHelp')}
          {...form.getInputProps('administrator', { type: 'checkbox' })}
        />
        <Switch
          label={labels.only_single_sign_on}
          description={t('users.onlySingleSignOnHelp')}
          {...form.getInputProps('only_single_sign_on', { type: 'checkbox' })}
        />
      </EditForm>
    </Section>
  );
}
