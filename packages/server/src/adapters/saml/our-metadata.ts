import { generateServiceProviderMetadata } from '@node-saml/node-saml';
import { BINDING } from './saml-names.js';
import type { SamlSettings } from './saml-settings.js';

export type OurMetadata = Pick<
  SamlSettings,
  'entityId' | 'acsUrl' | 'sloUrl' | 'signingKey' | 'nameIdFormat'
>;

/** What an administrator hands to the provider: who we are, where responses go, what our requests are signed with. */
export function ourMetadata({ entityId, acsUrl, sloUrl, signingKey, nameIdFormat }: OurMetadata): string {
  const metadata = generateServiceProviderMetadata({
    ...{ issuer: entityId, callbackUrl: acsUrl, logoutCallbackUrl: sloUrl },
    identifierFormat: nameIdFormat ?? null,
    // The same text each time, so that a provider that compares sees a change only when there is one.
    ...{ wantAssertionsSigned: true, generateUniqueId: () => '_service-provider' },
    ...(signingKey === undefined
      ? {}
      : { privateKey: signingKey.privateKeyPem, publicCerts: signingKey.certificatePem }),
  });
  // The library knows no other binding there; by redirect the whole message is signed, and no XML signature is read.
  return metadata.replace(/(<SingleLogoutService Binding=")[^"]*(")/, `$1${BINDING.redirect}$2`);
}
