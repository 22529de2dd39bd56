import { Alert, Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { meQuery } from '../../../api/me.js';
import type { Application } from '../../../api/types.js';
import { CodeBlock } from '../../../components/code-block.js';
import { TextLink } from '../../../components/link-button.js';
import { Section } from '../../../components/section.js';
import { useText } from '../../../text/text.js';
import { useApplication } from '../use-application.js';
import { linkOf, type Family, type TryValues } from './exchange.js';
import { ExchangeSteps } from './exchange-steps.js';
import { beginAttempt, type Attempt } from './pkce.js';

/** The whole flow with a real person and real answers, each step shown. What is typed here is kept nowhere. */
export function TryItTab(): ReactNode {
  const { data: application } = useApplication();
  const { t } = useText();
  if (!application.enabled) return <Alert color="danger" title={t('try.disabled')} />;
  const [first] = application.redirect_urls;
  if (first === undefined) {
    return (
      <Alert color="danger" title={t('connect.noRedirectUrl')}>
        <TextLink to="/applications/$clientId/settings" params={{ clientId: application.client_id }}>
          {t('connect.addRedirectUrl')}
        </TextLink>
      </Alert>
    );
  }
  return <Walk application={application} first={first} />;
}

function Walk({
  application,
  first,
}: {
  readonly application: Application;
  readonly first: string;
}): ReactNode {
  const { t } = useText();
  const { data: me } = useSuspenseQuery(meQuery);
  const [redirectUri, setRedirectUri] = useState(first);
  const [family, setFamily] = useState<Family>('dialect');
  const begin = useMutation({ mutationFn: beginAttempt });
  const values: TryValues = {
    origin: me.environment.origin,
    clientId: application.client_id,
    redirectUri,
    family,
  };
  const changed = (change: () => void): void => {
    change();
    begin.reset();
  };
  return (
    <>
      <Section title={t('try.linkTitle')} lead={t('try.lead')}>
        <Group align="end">
          {application.redirect_urls.length > 1 && (
            <Select
              label={t('connect.whichUrl')}
              data={application.redirect_urls}
              value={redirectUri}
              onChange={(url) => url !== null && changed(() => setRedirectUri(url))}
              allowDeselect={false}
              flex="1 1 20rem"
            />
          )}
          <Stack gap={4}>
            <Text fw={500} id="try-family">
              {t('try.family')}
            </Text>
            <SegmentedControl
              aria-labelledby="try-family"
              data={[
                { value: 'dialect', label: t('try.dialect') },
                { value: 'standard', label: t('try.standard') },
              ]}
              value={family}
              onChange={(value) => changed(() => setFamily(value === 'standard' ? 'standard' : 'dialect'))}
            />
          </Stack>
        </Group>
        {begin.data === undefined ? (
          <Group>
            <Button loading={begin.isPending} onClick={() => begin.mutate()}>
              {t('try.begin')}
            </Button>
          </Group>
        ) : (
          <Link values={values} attempt={begin.data} onAgain={() => begin.mutate()} />
        )}
      </Section>
      {begin.data !== undefined && (
        <ExchangeSteps
          key={begin.data.state}
          application={application}
          values={values}
          attempt={begin.data}
          onAgain={() => begin.mutate()}
        />
      )}
    </>
  );
}

interface LinkProps {
  readonly values: TryValues;
  readonly attempt: Attempt;
  readonly onAgain: () => void;
}

function Link({ values, attempt, onAgain }: LinkProps): ReactNode {
  const { t } = useText();
  const link = linkOf(values, attempt);
  return (
    <>
      <CodeBlock label={t('snippet.link')} code={link} />
      <Text>{t('try.openHelp', { host: new URL(values.redirectUri).host })}</Text>
      <Group>
        <Button component="a" href={link} target="_blank" rel="noopener">
          {t('try.open')} {t('common.newTab')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('try.again')}
        </Button>
      </Group>
    </>
  );
}
