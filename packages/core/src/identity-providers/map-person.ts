import { InputError } from '../errors/oauth-error.js';
import { checkText } from '../text.js';
import { emailDomainOf } from './email-domain.js';
import type { IdentityProvider, ProviderKind, AttributeMapping } from './identity-provider.js';
import type { ProvenIdentity } from './provider-adapter.js';

/** Who a provider's answer is about, by the provider's mapping. */
export interface MappedPerson {
  readonly federationId: string;
  readonly email: string | undefined;
  /** Whether the provider says that it is theirs; undefined where it says nothing. */
  readonly emailVerified: boolean | undefined;
  readonly name: string | undefined;
}

/** Why somebody whom the provider knows isn't let in here. One text for all on the page; the log says which. */
export type PersonRefusal =
  /** The answer has no such attribute, or several values of it. */
  | 'federation-id-missing'
  /** The provider doesn't vouch for the address that it would be known by: anybody could have written it there. */
  | 'email-unverified'
  /** Nobody is linked, and users aren't made for who comes. */
  | 'not-linked'
  /** Nobody is linked, and there is no address to name a user by. */
  | 'email-missing'
  /** The address isn't of this provider's domains. */
  | 'email-domain'
  /** Somebody has that username already: whether it is the same person only an administrator can say. */
  | 'username-taken'
  | 'user-disabled';

const MAX_FEDERATION_ID_CHARACTERS = 256;
const MAX_NAME_CHARACTERS = 100;

const USUAL: Readonly<Record<ProviderKind, Omit<Record<keyof AttributeMapping, string>, 'federationId'>>> = {
  oidc: { firstName: 'given_name', lastName: 'family_name', email: 'email' },
  saml: { firstName: 'firstName', lastName: 'lastName', email: 'email' },
};

export function mapPerson(
  { subject, attributes, emailVerified }: ProvenIdentity,
  { settings, attributes: mapping }: Pick<IdentityProvider, 'settings' | 'attributes'>,
): MappedPerson | PersonRefusal {
  const usual = USUAL[settings.kind];
  const single = (name: string): string | undefined => {
    const [value, ...others] = attributes[name] ?? [];
    return value === undefined || value === '' || others.length > 0 ? undefined : value;
  };
  const email = single(mapping.email ?? usual.email);
  const federationId = mapping.federationId === null ? subject : single(mapping.federationId);
  if (federationId === undefined || !isFederationId(federationId)) return 'federation-id-missing';
  // `email_verified` speaks of the claim `email`, and of no other (OpenID Connect Core §5.1).
  const verified = (name: string): boolean | undefined => (name === 'email' ? emailVerified : undefined);
  const emailAttribute = mapping.email ?? usual.email;
  // An address is somebody's only if the provider says that it looked. SAML has no such word: there the company's own
  // directory speaks, and nobody writes into it what they like.
  const byEmail = [emailAttribute, 'email'].find((name) => name === mapping.federationId);
  if (byEmail !== undefined && settings.kind === 'oidc' && verified(byEmail) !== true)
    return 'email-unverified';
  const names = [single(mapping.firstName ?? usual.firstName), single(mapping.lastName ?? usual.lastName)];
  const name = names.filter((part) => part !== undefined).join(' ');
  return {
    federationId,
    email,
    emailVerified: verified(emailAttribute),
    name: showable(name === '' ? single('name') : name, MAX_NAME_CHARACTERS),
  };
}

/** Names of the claims or attributes that are looked at. */
export function wantedAttributes({
  settings,
  attributes,
}: Pick<IdentityProvider, 'settings' | 'attributes'>): readonly string[] {
  const usual = USUAL[settings.kind];
  const { firstName, lastName, email, federationId } = attributes;
  const named = [firstName ?? usual.firstName, lastName ?? usual.lastName, email ?? usual.email];
  return federationId === null ? named : [...named, federationId];
}

/** Whether a user may be made for this person, and under which name. */
export function mapNewUser(
  { email, emailVerified, name }: MappedPerson,
  { autoProvision, emailDomains }: Pick<IdentityProvider, 'autoProvision' | 'emailDomains'>,
): { readonly username: string; readonly name: string } | PersonRefusal {
  if (!autoProvision) return 'not-linked';
  const username = email === undefined ? undefined : showable(email, 256);
  const domain = username === undefined ? undefined : emailDomainOf(username);
  if (username === undefined || domain === undefined) return 'email-missing';
  // Otherwise somebody could take the name of a colleague who comes tomorrow.
  if (emailVerified === false) return 'email-unverified';
  if (emailDomains.length > 0 && !emailDomains.includes(domain)) return 'email-domain';
  return { username, name: name ?? Array.from(username).slice(0, MAX_NAME_CHARACTERS).join('') };
}

function isFederationId(text: string): boolean {
  return text.trim() === text && text.length <= MAX_FEDERATION_ID_CHARACTERS && showable(text) === text;
}

/** A provider's text is a stranger's: what an administrator couldn't type isn't taken from there either. */
function showable(text: string | undefined, max = MAX_FEDERATION_ID_CHARACTERS): string | undefined {
  if (text === undefined) return undefined;
  try {
    return checkText('value', text, { max });
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
