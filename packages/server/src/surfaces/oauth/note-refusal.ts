import {
  OAuthError,
  parseId,
  readClientCredentials,
  type ClientId,
  type CredentialSources,
} from '@fluxo/core';
import type { Tenant } from '../../http/tenant.js';
import type { Services } from '../../services.js';

/** Refused before an application was known: whoever sends such things is nobody whose log they belong into. */
const OF_STRANGERS: ReadonlySet<string> = new Set([
  'client-known',
  'client-id-present',
  'client-id-agrees',
  'basic-well-formed',
  'one-client-authentication',
  'parameter-present',
]);

/** The storage has written these down already, with the grant that they ended. */
const IN_THE_LOG_ALREADY: ReadonlySet<string> = new Set(['code-unused', 'refresh-token-current']);

/** A refusal to an application that proved itself, or was at least known by its identifier. */
export function noteClientRefused(
  error: unknown,
  {
    sources,
    endpoint,
    tenant,
  }: {
    readonly sources: CredentialSources;
    readonly endpoint: string;
    readonly tenant: Tenant;
  },
  { refusals }: Pick<Services, 'refusals'>,
): void {
  if (!(error instanceof OAuthError)) return;
  const { code, evidence } = error;
  if (evidence === undefined || OF_STRANGERS.has(evidence.check)) return;
  if (IN_THE_LOG_ALREADY.has(evidence.check)) return;
  const clientId = clientIdOf(sources);
  if (clientId === undefined) return;
  // The identifier stands beside already.
  const { received, ...rest } = evidence;
  refusals.note(tenant.environment.id, {
    ...{ type: 'token.refused', at: tenant.now, via: 'protocol', clientId },
    evidence: received === undefined || received === clientId ? rest : evidence,
    detail: `${code} at ${endpoint}`,
  });
}

function clientIdOf(sources: CredentialSources): ClientId | undefined {
  try {
    return parseId<ClientId>(readClientCredentials(sources).clientId);
  } catch {
    return undefined;
  }
}
