import { Alert, Select, Tabs } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { meQuery } from '../../../api/me.js';
import type { Application } from '../../../api/types.js';
import { CodeBlock } from '../../../components/code-block.js';
import { CopyFact } from '../../../components/fact.js';
import { TextLink } from '../../../components/link-button.js';
import { Section } from '../../../components/section.js';
import { useText } from '../../../text/text.js';
import { ShownSecret } from '../shown-secret.js';
import { useApplication } from '../use-application.js';
import { useShownSecret } from '../use-shown-secret.js';
import { snippetsOf } from './snippets.js';

/** What a developer needs: the client ID, the secret while it is shown, and code with the real values in it. */
export function ConnectTab(): ReactNode {
  const { data: application } = useApplication();
  const { t } = useText();
  const { data: me } = useSuspenseQuery(meQuery);
  const { client_id: clientId } = application;
  const secret = useShownSecret(clientId);
  return (
    <>
      <ShownSecret clientId={clientId} />
      <Section title={t('connect.values')}>
        <CopyFact label={t('application.clientId')} value={clientId} />
        <CopyFact label={t('connect.origin')} value={me.environment.origin} />
      </Section>
      <Snippets application={application} secret={secret} />
    </>
  );
}

function Snippets(props: {
  readonly application: Application;
  readonly secret: string | undefined;
}): ReactNode {
  const { application, secret } = props;
  const { t } = useText();
  const { data: me } = useSuspenseQuery(meQuery);
  const [redirectUrl, setRedirectUrl] = useState(application.redirect_urls[0]);
  const snippets = snippetsOf({
    origin: me.environment.origin,
    clientId: application.client_id,
    kind: application.kind,
    name: application.name,
    clientSecret: secret,
    redirectUrl,
    environmentId: me.environment.id,
    wid: me.user.wid,
  });
  const needsUrl = application.kind !== 'machine' && application.redirect_urls.length === 0;
  return (
    <Section title={t('connect.snippets')} lead={t(snippetsLead(application, secret))}>
      {needsUrl && (
        <Alert color="danger" title={t('connect.noRedirectUrl')}>
          <TextLink to="/applications/$clientId/settings" params={{ clientId: application.client_id }}>
            {t('connect.addRedirectUrl')}
          </TextLink>
        </Alert>
      )}
      {application.redirect_urls.length > 1 && (
        <Select
          label={t('connect.whichUrl')}
          data={application.redirect_urls}
          value={redirectUrl ?? null}
          onChange={(url) => url !== null && setRedirectUrl(url)}
          allowDeselect={false}
          maw="32rem"
        />
      )}
      <Tabs defaultValue={snippets[0]?.id ?? null} variant="pills" keepMounted={false}>
        <Tabs.List mb="md" aria-label={t('connect.snippets')}>
          {snippets.map(({ id, label }) => (
            <Tabs.Tab key={id} value={id}>
              {t(label)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {snippets.map(({ id, label, help, code }) => (
          <Tabs.Panel key={id} value={id}>
            <CodeBlock label={t(label)} code={code} {...(help === undefined ? {} : { help: t(help) })} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Section>
  );
}

function snippetsLead({ kind }: Application, secret: string | undefined) {
  if (kind === 'spa') return 'connect.leadPublic';
  return secret === undefined ? 'connect.leadWithoutSecret' : 'connect.leadWithSecret';
}
