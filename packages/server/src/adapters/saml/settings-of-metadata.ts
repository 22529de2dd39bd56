import type { SamlSettings } from '@fluxo/core';
import { parseProviderMetadata } from './provider-metadata.js';

/** What a provider's metadata says, for the settings of ours. */
export type SettingsOfMetadata = Pick<
  SamlSettings,
  'entityId' | 'signOnUrl' | 'signOnBinding' | 'certificates' | 'signOutUrl' | 'signOutAnswerUrl'
> &
  Partial<Pick<SamlSettings, 'signRequests'>>;

/** @param text XML @throws InputError */
export function settingsOfMetadata(text: string, now: number): SettingsOfMetadata {
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
