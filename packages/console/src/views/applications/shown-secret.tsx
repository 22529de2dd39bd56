import type { ReactNode } from 'react';
import { LeaveGuard } from '../../components/leave-guard.js';
import { SecretOnce } from '../../components/secret-once.js';
import { useText } from '../../text/text.js';
import { forgetSecret } from './shown-once.js';
import { useShownSecret } from './use-shown-secret.js';

interface Props {
  readonly clientId: string;
}

/** The client secret, as long as it is shown. The tabs share it, and the page around them guards it. */
export function ShownSecret({ clientId }: Props): ReactNode {
  const { t } = useText();
  const secret = useShownSecret(clientId);
  if (secret === undefined) return null;
  const lines = `FLUXO_CLIENT_ID=${clientId}\nFLUXO_CLIENT_SECRET=${secret}\n`;
  return (
    <SecretOnce
      title={t('secret.title')}
      help={t('secret.help')}
      secret={{ value: secret, file: { name: `${clientId}.env`, text: lines } }}
      onStored={() => forgetSecret(clientId)}
      isGuarded={false}
    />
  );
}

/** From one tab to another nothing is lost. */
export function ShownSecretGuard({ clientId }: Props): ReactNode {
  const isShown = useShownSecret(clientId) !== undefined;
  return <LeaveGuard isChanged={isShown} loses="secret" within={`/applications/${clientId}`} />;
}
