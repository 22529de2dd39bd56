import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import {
  changeProvider,
  deleteProvider,
  providerListKey,
  providerQuery,
} from '../../api/identity-providers.js';
import { ConfirmedButton } from '../../components/confirmed-button.js';
import { Deed } from '../../components/deed.js';
import { Section } from '../../components/section.js';
import { useAction } from '../../components/use-action.js';
import { useText } from '../../text/text.js';
import type { OfProvider } from './provider-page.js';

/** The last step, and the way back. */
export function EnableProvider({ provider: { data, etag } }: OfProvider): ReactNode {
  const { t } = useText();
  const queries = useQueryClient();
  const { id, name, enabled } = data;
  const switchTo = async (next: boolean): Promise<void> => {
    queries.setQueryData(providerQuery(id).queryKey, await changeProvider(id, { enabled: next }, etag));
  };
  const enable = useAction({
    run: () => switchTo(true),
    changes: [providerListKey],
    record: providerQuery(id).queryKey,
    done: () => t('providers.enableDone', { name }),
  });
  return (
    <Section title={t('providers.steps.enable')}>
      {enabled ? (
        <Deed title={t('providers.enabledNow', { name })} help={t('providers.disableHelp')}>
          <ConfirmedButton
            label={t('providers.disable')}
            title={t('providers.disableTitle', { name })}
            action={t('providers.disable')}
            run={() => switchTo(false)}
            changes={[providerListKey]}
            record={providerQuery(id).queryKey}
            done={() => t('providers.disableDone', { name })}
          >
            {t('providers.disableText')}
          </ConfirmedButton>
        </Deed>
      ) : (
        <Deed title={t('providers.enable')} help={t('providers.enableHelp')}>
          <Button loading={enable.isPending} onClick={() => enable.mutate()}>
            {t('providers.enable')}
          </Button>
        </Deed>
      )}
    </Section>
  );
}

export function DeleteProvider({ provider: { data, etag } }: OfProvider): ReactNode {
  const { t } = useText();
  const navigate = useNavigate();
  const { id, name } = data;
  return (
    <Section title={t('providers.delete')} lead={t('providers.deleteLead')} isDanger>
      <div>
        <ConfirmedButton
          label={t('providers.delete')}
          title={t('providers.deleteTitle', { name })}
          action={t('providers.delete')}
          typed={name}
          run={() => deleteProvider(id, etag)}
          changes={[providerListKey]}
          record={providerQuery(id).queryKey}
          done={() => t('providers.deleteDone', { name })}
          onDone={() => void navigate({ to: '/identity-providers', ignoreBlocker: true })}
        >
          {t('providers.deleteText')}
        </ConfirmedButton>
      </div>
    </Section>
  );
}
