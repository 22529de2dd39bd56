import {
  changeProvider,
  providerListKey,
  providerQuery,
  readProvider,
} from '../../api/identity-providers.js';
import type { IdentityProvider, IdentityProviderPatch } from '../../api/types.js';
import { useEdit, type Edit } from '../../components/use-edit.js';
import { useText } from '../../text/text.js';
import type { OfProvider } from './provider-page.js';

interface PartOf<Values extends Record<string, unknown>> extends OfProvider {
  readonly toValues: (provider: IdentityProvider) => Values;
  readonly toPatch: (changes: Partial<Values>) => IdentityProviderPatch;
}

/** One step of a provider, saved by itself. */
export function useProviderEdit<Values extends Record<string, unknown>>(of: PartOf<Values>): Edit<Values> {
  const { provider, toValues, toPatch } = of;
  const { t } = useText();
  const { id, name } = provider.data;
  return useEdit({
    stored: provider,
    toValues,
    save: (changes, etag) => changeProvider(id, toPatch(changes), etag),
    look: () => readProvider(id),
    queryKey: providerQuery(id).queryKey,
    changes: [providerListKey],
    done: t('providers.saved', { name }),
  });
}
