import { generateServiceProviderMetadata } from '@node-saml/node-saml';
import type { SamlSettings } from './saml-settings.js';

export type OurMetadata = Pick<SamlSettings, 'entityId' | 'acsUrl' | 'signingKey' | 'nameIdFormat'>;

/** What an administrator hands to the provider: who we are, where responses go, what our requests are signed with. */
export function ourMetadata({ entityId, acsUrl, signingKey, nameIdFormat }: OurMetadata): string {
  return generateServiceProviderMetadata({
    ...{ issuer: entityId, callbackUrl: acsUrl, identifierFormat: nameIdFormat ?? null },
    // The same text each time, so that a provider that compares sees a change only when there is one.
    ...{ wantAssertionsSigned: true, generateUniqueId: () => '_service-provider' },
    ...(signingKey === undefined
      ? {}
      : { privateKey: signingKey.privateKeyPem, publicCerts: signingKey.certificatePem }),
  });
}
