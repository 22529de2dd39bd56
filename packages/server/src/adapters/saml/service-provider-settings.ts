import type { SamlSettings as ProviderSettings } from '@fluxo/core';
import type { OurMetadata } from './our-metadata.js';
import type { SamlSettings } from './saml-settings.js';

export interface OurSide {
  /** The ACS URL. */
  readonly callbackUrl: string;
  /** The private key as PEM. */
  readonly secret: string | undefined;
}

/** Our name at a provider is the address of our metadata: what can be read there is about whom it names. */
export function ourSide(
  { signingCertificate }: ProviderSettings,
  { callbackUrl, secret }: OurSide,
): OurMetadata {
  const signingKey =
    secret === undefined || signingCertificate === ''
      ? undefined
      : { privateKeyPem: secret, certificatePem: signingCertificate };
  return {
    ...{ entityId: new URL('metadata', callbackUrl).href, acsUrl: callbackUrl },
    ...{ sloUrl: new URL('slo', callbackUrl).href, signingKey },
  };
}

/** Undefined while the provider's side isn't known yet. */
export function serviceProviderSettings(settings: ProviderSettings, us: OurSide): SamlSettings | undefined {
  const { entityId, signOnUrl, signOnBinding, certificates, signRequests } = settings;
  if (entityId === '' || signOnUrl === '' || certificates.length === 0) return undefined;
  const { signingKey, ...names } = ourSide(settings, us);
  return {
    ...{ ...names, signOutKey: signingKey },
    provider: {
      ...{ entityId, certificates, singleSignOn: { [signOnBinding]: signOnUrl } },
      singleLogout: singleLogoutOf(settings),
    },
    ...(signRequests ? { signingKey } : {}),
  };
}

function singleLogoutOf({ signOutUrl: url = '', signOutAnswerUrl }: ProviderSettings) {
  return url === '' ? undefined : { url, answerUrl: signOutAnswerUrl ?? url };
}
