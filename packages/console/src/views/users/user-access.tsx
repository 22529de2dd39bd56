import { Button, Divider } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Tagged } from '../../api/client.js';
import type { User } from '../../api/types.js';
import {
  changeUser,
  deleteUser,
  removeSecondFactor,
  sendPasswordLink,
  signOutUser,
  userKey,
  userListsKey,
  userQuery,
} from '../../api/users.js';
import { ConfirmedButton } from '../../components/confirmed-button.js';
import { Deed } from '../../components/deed.js';
import { Section } from '../../components/section.js';
import { useAction } from '../../components/use-action.js';
import { useText } from '../../text/text.js';
import { HandOver } from './hand-over.js';

interface Props {
  readonly user: Tagged<User>;
}

/** What lets somebody in, and what ends it. */
export function UserAccess({ user }: Props): ReactNode {
  const { t } = useText();
  const { wid, name, second_factor: hasFactor } = user.data;
  const changes = [userKey(wid), userListsKey];
  return (
    <Section title={t('users.access')} lead={t('users.accessLead')}>
      <PasswordLink user={user} />
      <Divider />
      <Deed title={t('users.signOut')} help={t('users.signOutHelp')}>
        <ConfirmedButton
          label={t('users.signOut')}
          title={t('users.signOutTitle', { name })}
          action={t('users.signOut')}
          run={() => signOutUser(wid)}
          changes={changes}
          done={() => t('users.signOutDone', { name })}
        >
          {t('users.signOutText')}
        </ConfirmedButton>
      </Deed>
      <Divider />
      <Deed title={t('users.secondFactor')} help={t(hasFactor ? 'users.removeFactorHelp' : 'users.noFactor')}>
        {hasFactor && (
          <ConfirmedButton
            label={t('users.removeFactor')}
            title={t('users.removeFactorTitle', { name })}
            action={t('users.removeFactor')}
            run={() => removeSecondFactor(wid)}
            changes={changes}
            done={() => t('users.removeFactorDone', { name })}
          >
            {t('users.removeFactorText')}
          </ConfirmedButton>
        )}
      </Deed>
      <Divider />
      <EnabledState user={user} />
    </Section>
  );
}

function PasswordLink({ user }: Props): ReactNode {
  const { t } = useText();
  const { wid, name } = user.data;
  const [link, setLink] = useState<string>();
  const { mutate, isPending } = useAction({
    run: () => sendPasswordLink(wid),
    changes: [],
    done: ({ sent_to: address }) => (address === null ? undefined : t('users.link.sent', { address })),
    onDone: (sent) => setLink(sent.link ?? undefined),
  });
  return (
    <>
      <Deed title={t('users.resetPassword')} help={t('users.resetPasswordHelp')}>
        {/* Another link would take the place of what is not handed over yet. */}
        {link === undefined && (
          <Button variant="default" loading={isPending} onClick={() => mutate()}>
            {t('users.resetPassword')}
          </Button>
        )}
      </Deed>
      {link !== undefined && <HandOver name={name} link={link} onStored={() => setLink(undefined)} />}
    </>
  );
}

function EnabledState({ user: { data, etag } }: Props): ReactNode {
  const { t } = useText();
  const queries = useQueryClient();
  const { wid, name, enabled } = data;
  const changes = [userKey(wid), userListsKey];
  const keep = (saved: Tagged<User>): void => {
    queries.setQueryData(userQuery(wid).queryKey, saved);
  };
  const enable = useAction({
    run: () => changeUser(wid, { enabled: true }, etag),
    changes,
    done: () => t('users.enableDone', { name }),
    onDone: keep,
  });
  if (!enabled) {
    return (
      <Deed title={t('users.enable')} help={t('users.enableHelp')}>
        <Button variant="default" loading={enable.isPending} onClick={() => enable.mutate()}>
          {t('users.enable')}
        </Button>
      </Deed>
    );
  }
  return (
    <Deed title={t('users.disable')} help={t('users.disableHelp')}>
      <ConfirmedButton
        label={t('users.disable')}
        title={t('users.disableTitle', { name })}
        action={t('users.disable')}
        run={async () => keep(await changeUser(wid, { enabled: false }, etag))}
        changes={changes}
        done={() => t('users.disableDone', { name })}
      >
        {t('users.disableText')}
      </ConfirmedButton>
    </Deed>
  );
}

export function DeleteUser({ user: { data, etag } }: Props): ReactNode {
  const { t } = useText();
  const navigate = useNavigate();
  const { wid, name, username } = data;
  return (
    <Section title={t('users.delete')} lead={t('users.deleteLead')} isDanger>
      <div>
        <ConfirmedButton
          label={t('users.delete')}
          title={t('users.deleteTitle', { name })}
          action={t('users.delete')}
          typed={username}
          run={() => deleteUser(wid, etag)}
          changes={[userListsKey]}
          record={userKey(wid)}
          done={() => t('users.deleteDone', { name })}
          onDone={() => void navigate({ to: '/users', ignoreBlocker: true })}
        >
          {t('users.deleteText')}
        </ConfirmedButton>
      </div>
    </Section>
  );
}
