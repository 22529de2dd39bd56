import { escapeXml } from './response-xml.js';

export interface ProviderMetadataParts {
  readonly url: string;
  readonly entityId: string;
  readonly certificatePem: string;
}

/** What the demo's provider says of itself. */
export function providerMetadata({ url, entityId, certificatePem }: ProviderMetadataParts): string {
  const certificate = certificatePem.replace(/-----[A-Z ]+-----|\s/g, '');
  const service = (name: string, binding: string, path: string): string =>
    `<${name} Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${escapeXml(url + path)}"/>`;
  return (
    `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escapeXml(entityId)}">` +
    '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">' +
    '<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>' +
    `<X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>` +
    service('SingleLogoutService', 'HTTP-Redirect', '/slo') +
    '<NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>' +
    service('SingleSignOnService', 'HTTP-Redirect', '/sso') +
    service('SingleSignOnService', 'HTTP-POST', '/sso') +
    '</IDPSSODescriptor></EntityDescriptor>'
  );
}
