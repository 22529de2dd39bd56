import { Group, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Tagged } from '../../api/client.js';
import { providerQuery } from '../../api/identity-providers.js';
import { isProblem } from '../../api/problem.js';
import type { IdentityProvider } from '../../api/types.js';
import { CopyFact } from '../../components/fact.js';
import { TextLink } from '../../components/link-button.js';
import { NotFound } from '../../components/not-found.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { Section } from '../../components/section.js';
import { StateBadge } from '../../components/state-badge.js';
import { ViewHeader } from '../../components/view-header.js';
import { useText } from '../../text/text.js';
import { OidcSettings } from './oidc-settings.js';
import { PeopleSettings } from './people-settings.js';
import { DeleteProvider, EnableProvider } from './provider-deeds.js';
import { ProviderTest } from './provider-test.js';
import { SamlSettings } from './saml-settings.js';

const route = getRouteApi('/identity-providers/$id');

export interface OfProvider {
  readonly provider: Tagged<IdentityProvider>;
}

export function ProviderPage(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(providerQuery(id));
  if (isProblem(error, 'not-found')) return <NotFound />;
  if (data !== undefined) return <Loaded key={id} provider={data} />;
  return error === null ? (
    <Skeleton height={320} />
  ) : (
    <ProblemAlert error={error} retry={() => void refetch()} />
  );
}

/** In the order in which somebody sets it up. */
function Loaded({ provider }: OfProvider): ReactNode {
  const { t } = useText();
  const { name, enabled, kind } = provider.data;
  return (
    <>
      <ViewHeader
        title={name}
        heading={
          <Group gap="sm">
            <bdi>{name}</bdi>
            <StateBadge enabled={enabled} />
          </Group>
        }
        lead={t(`providers.kind.${kind}`)}
        back={
          <TextLink to="/identity-providers" size="sm">
            {t('providers.back')}
          </TextLink>
        }
      />
      <Stack gap="lg">
        <Addresses provider={provider} />
        {kind === 'oidc' ? <OidcSettings provider={provider} /> : <SamlSettings provider={provider} />}
        <PeopleSettings provider={provider} />
        <ProviderTest id={provider.data.id} />
        <EnableProvider provider={provider} />
        <DeleteProvider provider={provider} />
      </Stack>
    </>
  );
}

const ADDRESSES = [
  ...(['callback_url', 'post_logout_redirect_url'] as const),
  ...(['acs_url', 'slo_url', 'service_provider_entity_id', 'metadata_url'] as const),
];

/** What the company's administrator has to write down on the other side. */
function Addresses({ provider: { data } }: OfProvider): ReactNode {
  const { t } = useText();
  return (
    <Section
      title={t('providers.steps.register')}
      lead={t(data.kind === 'oidc' ? 'providers.steps.registerOidc' : 'providers.steps.registerSaml')}
    >
      {ADDRESSES.map((name) => {
        const value = data.addresses[name];
        return value === undefined ? null : (
          <CopyFact key={name} label={t(`providers.address.${name}`)} value={value} />
        );
      })}
    </Section>
  );
}
