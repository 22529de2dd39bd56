import { Alert, Anchor, Button, Group } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { beginTest } from '../../api/identity-providers.js';
import { Section } from '../../components/section.js';
import { useAction } from '../../components/use-action.js';
import { useText } from '../../text/text.js';

/** Try it before anybody depends on it. */
export function ProviderTest({ id }: { readonly id: string }): ReactNode {
  const { t } = useText();
  const [url, setUrl] = useState<string>();
  const { mutate, isPending } = useAction({
    run: () => beginTest(id),
    changes: [],
    onDone: (begun) => {
      setUrl(begun.url);
      const tab = window.open(begun.url, '_blank');
      // What is opened there goes on to the provider, which has no business with this window.
      if (tab !== null) tab.opener = null;
    },
  });
  return (
    <Section title={t('providers.steps.test')} lead={t('providers.steps.testLead')}>
      <Group gap="sm">
        <Button variant="default" loading={isPending} onClick={() => mutate()}>
          {t('providers.test')}
        </Button>
      </Group>
      {url !== undefined && (
        <Alert color="accent" role="status">
          {t('providers.testReady')}{' '}
          <Anchor href={url} target="_blank" rel="noopener" inherit>
            {t('providers.testOpen')} {t('common.newTab')}
          </Anchor>
        </Alert>
      )}
    </Section>
  );
}
