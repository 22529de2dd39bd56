import { readFileSync } from 'node:fs';
import { InputError, type SamlSettings } from '@fluxo/core';
import type { ProviderNetwork } from '../adapters/provider-address.js';
import { createSafeFetch, ProviderUnreachable } from '../adapters/safe-fetch.js';
import { parseProviderMetadata } from '../adapters/saml/provider-metadata.js';

/** What a provider's metadata says, for the settings of ours. */
export type SettingsOfMetadata = Pick<
  SamlSettings,
  'entityId' | 'signOnUrl' | 'signOnBinding' | 'certificates' | 'signOutUrl' | 'signOutAnswerUrl'
> &
  Partial<Pick<SamlSettings, 'signRequests'>>;

/** @param source a file, or an https address @throws InputError */
export async function readSamlMetadata(
  source: string,
  { networks, now }: { readonly networks: readonly ProviderNetwork[]; readonly now: number },
): Promise<SettingsOfMetadata> {
  const text = /^https?:\/\//i.test(source) ? await fetchText(source, networks) : readText(source);
  const { entityId, singleSignOn, singleLogout, certificates, wantsSignedRequests } = parseProviderMetadata(
    text,
    now,
  );
  const { redirect, post } = singleSignOn;
  return {
    entityId,
    signOnUrl: redirect ?? post ?? '',
    // A redirect needs no page in between.
    signOnBinding: redirect === undefined ? 'post' : 'redirect',
    certificates: certificates.map(({ pem }) => pem),
    // Empty: what was known before is true no more.
    signOutUrl: singleLogout?.url ?? '',
    signOutAnswerUrl: singleLogout?.answerUrl ?? '',
    // An administrator may want it where the metadata doesn't.
    ...(wantsSignedRequests ? { signRequests: true } : {}),
  };
}

async function fetchText(url: string, networks: readonly ProviderNetwork[]): Promise<string> {
  try {
    const answer = await createSafeFetch({ allowed: networks })(url);
    if (answer.status === 200) return await answer.text();
    throw new InputError('metadata', `The metadata can’t be read: the address answered ${answer.status}.`);
  } catch (error) {
    if (!(error instanceof ProviderUnreachable)) throw error;
    throw new InputError('metadata', `The metadata can’t be read: ${error.message}.`);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError('metadata', `The metadata can’t be read: ${reason}.`);
  }
}
