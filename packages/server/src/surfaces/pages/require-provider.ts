import { parseId, type IdentityProvider, type IdentityProviderId, type ProviderKind } from '@fluxo/core';
import { PageProblem } from './page-problem.js';
import type { PageExchange } from './page-request.js';

/**
 * The provider that the path names.
 * @throws PageProblem: one that isn't this environment's, or of another kind, is as if it did not exist
 */
export async function requireProvider(
  { request, tenant }: PageExchange,
  kind?: ProviderKind,
): Promise<IdentityProvider> {
  const { provider: text } = request.params as { readonly provider: string };
  const id = parseId<IdentityProviderId>(text);
  const provider = id === undefined ? undefined : await tenant.storage.identityProviders.find(id);
  if (provider === undefined || (kind !== undefined && provider.settings.kind !== kind))
    throw new PageProblem({ kind: 'not-found' }, 404);
  return provider;
}
