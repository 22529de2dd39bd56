import { SignedXml } from 'xml-crypto';

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

export interface SigningOptions {
  /** What is signed, by its local name: the first of that name. */
  readonly element: 'Response' | 'Assertion';
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  /** `rsa-sha256` unless a test wants another. */
  readonly signatureMethod?: string;
  readonly digestMethod?: string;
  readonly canonicalization?: string;
  readonly transforms?: readonly string[];
  readonly inclusivePrefixes?: readonly string[];
}

/** The text with an enveloped signature behind the Issuer of that element, as SAML core §5.4 wants it. */
export function signXml(xml: string, options: SigningOptions): string {
  const element = `//*[local-name(.)='${options.element}']`;
  const signed = new SignedXml({
    privateKey: options.privateKeyPem,
    publicCert: options.certificatePem,
    signatureAlgorithm: options.signatureMethod ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: options.canonicalization ?? EXCLUSIVE,
  });
  signed.addReference({
    xpath: element,
    transforms: [...(options.transforms ?? [ENVELOPED, EXCLUSIVE])],
    digestAlgorithm: options.digestMethod ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
    inclusiveNamespacesPrefixList: [...(options.inclusivePrefixes ?? [])],
  });
  signed.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `${element}/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signed.getSignedXml();
}
