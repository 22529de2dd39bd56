import { TRANSIENT } from './saml-names.js';

export type MappedField = 'firstName' | 'lastName' | 'email' | 'federationId';

/** Which of a provider's attributes is what, where an administrator said so. */
export type AttributeNames = Readonly<Partial<Record<MappedField, string>>>;

export type MappedAttributes = Readonly<Partial<Record<MappedField, string>>>;

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

/** As ADFS and Entra, Okta and Google, and universities (by OID) name them when nobody renames them. First found wins. */
const USUAL_NAMES: Readonly<Record<MappedField, readonly string[]>> = {
  firstName: [`${CLAIMS}/givenname`, 'urn:oid:2.5.4.42', 'firstName', 'givenName', 'first_name', 'FirstName'],
  lastName: [`${CLAIMS}/surname`, 'urn:oid:2.5.4.4', 'lastName', 'sn', 'surname', 'last_name', 'LastName'],
  email: [
    `${CLAIMS}/emailaddress`,
    'urn:oid:0.9.2342.19200300.100.1.3',
    'email',
    'mail',
    'Email',
    'emailAddress',
  ],
  // Only what is never given to a second person: names and addresses are.
  federationId: [
    'http://schemas.microsoft.com/identity/claims/objectidentifier',
    'urn:oasis:names:tc:SAML:attribute:subject-id',
    'urn:oid:1.3.6.1.4.1.5923.1.1.1.13',
  ],
};

export interface SubjectAttributes {
  readonly subject: { readonly nameId: string; readonly format: string | undefined };
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

/**
 * What is known of a person who signed in. A name that an administrator chose is the only one looked for, so that its
 * absence shows. Without an attribute for it, the NameID is the federation ID, unless it is another one each time.
 */
export function mapAttributes(
  { subject, attributes }: SubjectAttributes,
  names: AttributeNames = {},
): MappedAttributes {
  const find = (field: MappedField): string | undefined => {
    const chosen = names[field];
    const candidates = chosen === undefined ? USUAL_NAMES[field] : [chosen];
    return candidates.map((name) => attributes.get(name)?.[0]).find((value) => value !== undefined);
  };
  const lasting =
    names.federationId === undefined && subject.format !== TRANSIENT ? subject.nameId : undefined;
  const mapped = {
    firstName: find('firstName'),
    lastName: find('lastName'),
    email: find('email'),
    federationId: find('federationId') ?? lasting,
  };
  return Object.fromEntries(Object.entries(mapped).filter(([, value]) => value !== undefined));
}
