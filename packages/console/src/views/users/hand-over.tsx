import type { ReactNode } from 'react';
import { CopyFact } from '../../components/fact.js';
import { SecretOnce } from '../../components/secret-once.js';
import { useText } from '../../text/text.js';

interface Props {
  readonly name: string;
  readonly link: string;
  readonly onStored: () => void;
}

/** A link that no mail could carry. */
export function HandOver({ name, link, onStored }: Props): ReactNode {
  const { t } = useText();
  return (
    <SecretOnce title={t('users.link.title', { name })} help={t('users.link.help')} onStored={onStored}>
      <CopyFact label={t('users.link.label')} value={link} />
    </SecretOnce>
  );
}
