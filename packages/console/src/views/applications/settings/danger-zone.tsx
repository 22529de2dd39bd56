import { Button, Group, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import {
  applicationKey,
  applicationsKey,
  deleteApplication,
  updateApplication,
} from '../../../api/applications.js';
import type { Application } from '../../../api/types.js';
import { ConfirmedButton } from '../../../components/confirmed-button.js';
import { Section } from '../../../components/section.js';
import { useAction } from '../../../components/use-action.js';
import { useText } from '../../../text/text.js';
import { DisconnectEverybody } from '../people/people-tab.js';
import { forgetSecret } from '../shown-once.js';

interface Props {
  readonly application: Application;
  readonly etag: string;
}

/** What stops the application, from what can be taken back to what can't. */
export function DangerZone({ application, etag }: Props): ReactNode {
  const { t } = useText();
  const navigate = useNavigate();
  const { client_id: clientId, name, enabled } = application;
  return (
    <Section title={t('danger.title')} isDanger>
      <Deed text={t(enabled ? 'danger.disableHelp' : 'danger.enableHelp')}>
        {enabled ? (
          <ConfirmedButton
            label={t('danger.disable')}
            title={t('danger.disableTitle', { name })}
            action={t('danger.disable')}
            run={() => updateApplication(clientId, etag, { enabled: false })}
            changes={[applicationsKey]}
            done={() => t('danger.disabled', { name })}
          >
            {t('danger.disableHelp')}
          </ConfirmedButton>
        ) : (
          <EnableButton application={application} etag={etag} />
        )}
      </Deed>
      {application.connected_users > 0 && (
        <Deed text={t('danger.disconnectHelp')}>
          <DisconnectEverybody application={application} />
        </Deed>
      )}
      <Deed text={t('danger.deleteHelp')}>
        <ConfirmedButton
          label={t('danger.delete')}
          title={t('danger.deleteTitle', { name })}
          action={t('danger.delete')}
          typed={name}
          variant="filled"
          run={() => deleteApplication(clientId, etag)}
          changes={[[...applicationsKey, 'list']]}
          record={applicationKey(clientId)}
          done={() => t('danger.deleted', { name })}
          onDone={() => {
            forgetSecret(clientId);
            void navigate({ to: '/applications', ignoreBlocker: true });
          }}
        >
          {t('danger.deleteHelp')}
        </ConfirmedButton>
      </Deed>
    </Section>
  );
}

function EnableButton({ application, etag }: Props): ReactNode {
  const { t } = useText();
  const { client_id: clientId, name } = application;
  const enabling = useAction({
    run: () => updateApplication(clientId, etag, { enabled: true }),
    changes: [applicationsKey],
    done: () => t('danger.enabled', { name }),
  });
  return (
    <Button loading={enabling.isPending} onClick={() => enabling.mutate()}>
      {t('danger.enable')}
    </Button>
  );
}

function Deed({ text, children }: { readonly text: string; readonly children: ReactNode }): ReactNode {
  return (
    <Group justify="space-between" gap="md" className="deed">
      <Stack flex="1 1 16rem">
        <Text maw="36rem">{text}</Text>
      </Stack>
      {children}
    </Group>
  );
}
