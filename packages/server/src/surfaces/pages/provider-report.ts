import type { IdentityProvider, ProviderFinish } from '@fluxo/core';
import type { ProviderReport, ReportLine } from '@fluxo/ui';

type Reported = Extract<ProviderFinish, { readonly kind: 'reported' }>;

/** What an administrator sees who tries a provider. */
export function toReport({ outcome, person }: Reported, { name }: IdentityProvider): ProviderReport {
  if (outcome.kind === 'failed') {
    const { reason, detail } = outcome;
    return { providerName: name, refusal: { reason, detail }, mapped: [], received: [] };
  }
  const received = Object.entries(outcome.identity.attributes).map(([claim, values]) => ({
    name: claim,
    values,
  }));
  const refusal = person?.refusal;
  return {
    providerName: name,
    ...(refusal === undefined ? {} : { refusal: { reason: refusal, detail: refusal } }),
    mapped: [
      line('federation ID', person?.federationId),
      line('e-mail', person?.email),
      line('name', person?.name),
      line(person?.isNew === true ? 'username (would be made)' : 'username', person?.username),
    ],
    received,
  };
}

function line(name: string, value: string | undefined): ReportLine {
  return { name, values: value === undefined ? [] : [value] };
}
