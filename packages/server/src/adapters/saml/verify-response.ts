import { SAML, ValidateInResponseTo, type Profile, type SamlConfig } from '@node-saml/node-saml';
import type { AdmittedResponse } from './admit-response.js';
import { refuse } from './saml-refusal.js';
import { parseXml } from './xml.js';

export interface Verification {
  readonly text: string;
  readonly admitted: AdmittedResponse;
  /** The provider's, as PEM; one of them must have signed. What a message says of keys counts for nothing. */
  readonly certificates: readonly string[];
}

const NOBODY: Profile = { issuer: '', nameID: '', nameIDFormat: '' };

/**
 * The library as far as the signature. What it would do next, we do: it reads with a second parser, looks at the
 * machine's clock, and says what it found in sentences.
 */
class SignatureVerifier extends SAML {
  verified: string | undefined;

  constructor(config: Pick<SamlConfig, 'idpCert' | 'wantAuthnResponseSigned' | 'wantAssertionsSigned'>) {
    const unused = { issuer: 'unused', callbackUrl: 'https://unused.invalid' };
    super({ ...config, ...unused, validateInResponseTo: ValidateInResponseTo.never });
  }

  protected override processValidlySignedAssertionAsync(
    xml: string,
  ): Promise<{ profile: Profile; loggedOut: boolean }> {
    this.verified = xml;
    return Promise.resolve({ profile: NOBODY, loggedOut: false });
  }
}

/**
 * The assertion as it was signed: parsed from the very bytes over which the signature was right, and from nothing
 * else. Every signature that the message has must be right. @throws SamlRefusal
 */
export async function verifiedAssertion({ text, admitted, certificates }: Verification): Promise<Element> {
  const verifier = new SignatureVerifier({
    idpCert: [...certificates],
    wantAuthnResponseSigned: admitted.responseSigned,
    wantAssertionsSigned: admitted.assertionSigned,
  });
  try {
    await verifier.validatePostResponseAsync({ SAMLResponse: Buffer.from(text).toString('base64') });
  } catch (error) {
    const received = error instanceof Error ? error.message : 'another';
    refuse('signature', 'a signature by a certificate of the provider', received);
  }
  const { verified } = verifier;
  return verified === undefined
    ? refuse('signature', 'a signed assertion', 'none')
    : parseXml(verified).documentElement;
}
