import { Badge, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CopiedApplication } from '../../api/types.js';
import { CopyFact } from '../../components/fact.js';
import { SecretOnce } from '../../components/secret-once.js';
import { useText } from '../../text/text.js';

interface Props {
  readonly lane: string;
  readonly copied: readonly CopiedApplication[];
  readonly onStored: () => void;
}

/** What came of copying. New secrets are shown once: the server keeps only their digests. */
export function CopiedSecrets({ lane, copied, onStored }: Props): ReactNode {
  const { t } = useText();
  const hasSecrets = copied.some(({ client_secret: secret }) => secret !== null);
  return (
    <SecretOnce
      title={t('lanes.copied.title', { lane })}
      {...(hasSecrets ? { help: t('lanes.copied.secrets') } : {})}
      stored={t(hasSecrets ? 'lanes.stored' : 'common.done')}
      onStored={onStored}
      isGuarded={hasSecrets}
    >
      {copied.map((application) => (
        <Copied key={`${application.target_client_id} ${application.action}`} application={application} />
      ))}
    </SecretOnce>
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
