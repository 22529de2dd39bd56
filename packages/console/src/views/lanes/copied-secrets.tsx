import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CopiedApplication } from '../../api/types.js';
import { CopyFact } from '../../components/fact.js';
import { LeaveGuard } from '../../components/leave-guard.js';
import { useTakenFocus } from '../../components/use-taken-focus.js';
import { useText } from '../../text/text.js';

interface Props {
  readonly lane: string;
  readonly copied: readonly CopiedApplication[];
  readonly onStored: () => void;
}

/** What came of copying. New secrets are shown once: the server keeps only their digests. */
export function CopiedSecrets({ lane, copied, onStored }: Props): ReactNode {
  const { t } = useText();
  const section = useTakenFocus<HTMLElement>();
  const hasSecrets = copied.some(({ client_secret: secret }) => secret !== null);
  return (
    <Paper
      component="section"
      ref={section}
      tabIndex={-1}
      className="secret-once"
      p="lg"
      aria-label={t('lanes.copied.title', { lane })}
    >
      <LeaveGuard isChanged={hasSecrets} />
      <Stack gap="md">
        <Title order={2} size="h4">
          {t('lanes.copied.title', { lane })}
        </Title>
        {hasSecrets && <Text>{t('lanes.copied.secrets')}</Text>}
        {copied.map((application) => (
          <Copied key={application.client_id} application={application} />
        ))}
        <div>
          <Button onClick={onStored}>{t(hasSecrets ? 'lanes.stored' : 'common.done')}</Button>
        </div>
      </Stack>
    </Paper>
  );
}

function Copied({ application }: { readonly application: CopiedApplication }): ReactNode {
  const { t } = useText();
  const { name, action, target_client_id: clientId, client_secret: secret } = application;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Text fw={600} component="bdi">
          {name}
        </Text>
        <Badge variant="default" tt="none">
          {t(`lanes.action.${action}`)}
        </Badge>
      </Group>
      {action === 'created' && <CopyFact label={t('lanes.clientIdOf', { name })} value={clientId} />}
      {secret !== null && <CopyFact label={t('lanes.secretOf', { name })} value={secret} />}
    </Stack>
  );
}
