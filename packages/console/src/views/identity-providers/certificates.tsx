import { Alert, Badge, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { IdentityProvider } from '../../api/types.js';
import { WarningIcon } from '../../components/icons.js';
import { useText } from '../../text/text.js';

const SOON_MS = 30 * 86_400_000;

type OfProvider = Pick<IdentityProvider, 'certificate_ends'>;

/** Whether one has ended or ends within a month: a company's administrator needs some days to renew it. */
function endsSoon({ certificate_ends: ends }: OfProvider): boolean {
  return (ends ?? []).some((end) => Date.parse(end) - Date.now() < SOON_MS);
}

export function CertificateBadge({ provider }: { readonly provider: IdentityProvider }): ReactNode {
  const { t } = useText();
  if (!endsSoon(provider)) return null;
  return (
    <Badge color="danger" variant="light" tt="none">
      {t('providers.certificateBadge')}
    </Badge>
  );
}

/** A certificate ends for everybody at once, and nobody can sign in then. */
export function CertificateEnds({ provider }: { readonly provider: IdentityProvider }): ReactNode {
  const { t, moment } = useText();
  const ends = (provider.certificate_ends ?? []).map((end, index) => ({
    ...{ end, number: index + 1, leftMs: Date.parse(end) - Date.now() },
  }));
  if (ends.length === 0) return null;
  if (!endsSoon(provider)) {
    return ends.map(({ end, number }) => (
      <Text key={number} size="sm" c="dimmed">
        {t('providers.certificateEnds', { number, moment: moment(end) })}
      </Text>
    ));
  }
  return (
    <Alert color="danger" icon={<WarningIcon />} title={t('providers.certificateWarning')} role="alert">
      <List listStyleType="none">
        {ends.map(({ end, number, leftMs }) => (
          <List.Item key={number}>{t(sentenceFor(leftMs), { number, moment: moment(end) })}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

function sentenceFor(leftMs: number) {
  if (leftMs <= 0) return 'providers.certificateEnded';
  return leftMs < SOON_MS ? 'providers.certificateEndsSoon' : 'providers.certificateEnds';
}
