import { X509Certificate } from 'node:crypto';
import { InputError } from '../errors/oauth-error.js';
import { checkText } from '../text.js';
import { asciiDomain } from './email-domain.js';
import type {
  AttributeMapping,
  IdentityProvider,
  OidcSettings,
  ProviderKind,
  ProviderSettings,
  SamlSettings,
} from './identity-provider.js';

/** What an administrator says of a provider; what is left out has its default. */
export interface IdentityProviderInput {
  readonly kind: ProviderKind;
  readonly name: string;
  readonly enabled?: boolean;
  readonly oidc?: Partial<Omit<OidcSettings, 'kind'>>;
  readonly saml?: Partial<Omit<SamlSettings, 'kind'>>;
  readonly emailDomains?: readonly string[];
  readonly attributes?: Partial<AttributeMapping>;
  readonly autoProvision?: boolean;
  readonly updateNames?: boolean;
}

export type CheckedIdentityProvider = Pick<
  IdentityProvider,
  'name' | 'enabled' | 'settings' | 'emailDomains' | 'attributes' | 'autoProvision' | 'updateNames'
>;

const MAX_EMAIL_DOMAINS = 50;
/** More would make a forged response cost real work. */
const MAX_CERTIFICATES = 4;
const DISCOVERY_SUFFIX = '/.well-known/openid-configuration';
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

/** @throws InputError for the first field that can't be taken */
export function checkIdentityProvider(
  input: IdentityProviderInput,
  hasSecret: boolean,
): CheckedIdentityProvider {
  const settings = input.kind === 'oidc' ? checkOidc(input.oidc ?? {}) : checkSaml(input.saml ?? {});
  const lacking = lackingIn(settings, hasSecret);
  const enabled = input.enabled ?? lacking === undefined;
  if (enabled && lacking !== undefined) throw new InputError(...lacking);
  return {
    name: checkText('name', input.name, { max: 60 }),
    enabled,
    settings,
    emailDomains: checkDomains(input.emailDomains ?? []),
    attributes: checkAttributes(input.attributes ?? {}),
    autoProvision: input.autoProvision ?? false,
    updateNames: input.updateNames ?? false,
  };
}

/** @returns field and message of what is missing before people can be sent there */
function lackingIn(settings: ProviderSettings, hasSecret: boolean): [string, string] | undefined {
  if (settings.kind === 'saml') {
    if (settings.certificates.length > 0 && settings.signOnUrl !== '' && settings.entityId !== '')
      return undefined;
    return [
      'enabled',
      'The provider can’t be enabled yet: it needs its entity ID, sign-on URL and certificate.',
    ];
  }
  if (settings.clientId === '')
    return ['enabled', 'The provider can’t be enabled yet: it needs a client ID.'];
  if (hasSecret || settings.clientAuthentication === 'none') return undefined;
  return [
    'enabled',
    'The provider can’t be enabled yet: it needs a client secret (or the client authentication none).',
  ];
}

function checkOidc(input: Partial<Omit<OidcSettings, 'kind'>>): OidcSettings {
  const clientId = (input.clientId ?? '').trim();
  return {
    kind: 'oidc',
    issuer: checkIssuer(input.issuer ?? ''),
    clientId: clientId === '' ? '' : checkText('clientId', clientId, { max: 255 }),
    scope: checkScope(input.scope ?? 'openid profile email'),
    clientAuthentication: input.clientAuthentication ?? 'client_secret_basic',
  };
}

/** Exactly as the provider writes it, for that is what its answers are compared with (OpenID Connect Discovery §4.3). */
function checkIssuer(text: string): string {
  const issuer = text.trim().endsWith(DISCOVERY_SUFFIX)
    ? text.trim().slice(0, -DISCOVERY_SUFFIX.length)
    : text.trim();
  checkProviderUrl('issuer', issuer);
  if (/[?#]/.test(issuer))
    throw new InputError('issuer', `"${issuer.slice(0, 200)}" must have no query and no fragment.`);
  return issuer;
}

function checkProviderUrl(field: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const loopback = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (
    url === undefined ||
    text.length > 1000 ||
    !(url.protocol === 'https:' || loopback) ||
    url.username !== '' ||
    url.password !== ''
  ) {
    throw new InputError(field, `"${text.slice(0, 200)}" is not an https address.`);
  }
  return text;
}

function checkScope(scope: string): string {
  const values = scope.split(/\s+/).filter((value) => value !== '');
  if (!values.includes('openid'))
    throw new InputError('scope', 'The scope must contain openid (OpenID Connect Core §3.1.2.1).');
  // RFC 6749 §3.3.
  if (!values.every((value) => /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/.test(value)))
    throw new InputError('scope', 'A scope is of printable ASCII letters, without quotes and backslashes.');
  return values.join(' ');
}

function checkSaml(input: Partial<Omit<SamlSettings, 'kind'>>): SamlSettings {
  const certificates = input.certificates ?? [];
  if (certificates.length > MAX_CERTIFICATES)
    throw new InputError('certificate', `A provider has at most ${MAX_CERTIFICATES} certificates.`);
  const { entityId = '', signOnUrl = '', signingCertificate = '' } = input;
  return {
    kind: 'saml',
    entityId: entityId === '' ? '' : checkText('entityId', entityId, { max: 1024 }),
    signOnUrl: signOnUrl === '' ? '' : checkProviderUrl('signOnUrl', signOnUrl.trim()),
    signOnBinding: input.signOnBinding ?? 'redirect',
    ...optionalUrl('signOutUrl', input.signOutUrl),
    ...optionalUrl('signOutAnswerUrl', input.signOutAnswerUrl),
    certificates: certificates.map(checkCertificate),
    signRequests: input.signRequests ?? false,
    signingCertificate: signingCertificate === '' ? '' : checkCertificate(signingCertificate),
  };
}

function optionalUrl(field: string, text: string | undefined): Readonly<Record<string, string>> {
  const url = text?.trim() ?? '';
  return url === '' ? {} : { [field]: checkProviderUrl(field, url) };
}

function checkCertificate(pem: string): string {
  try {
    return new X509Certificate(pem).toString();
  } catch (error) {
    throw new InputError(
      'certificate',
      `A certificate can’t be read: write it as PEM (${error instanceof Error ? error.message : 'not PEM'}).`,
    );
  }
}

function checkDomains(domains: readonly string[]): readonly string[] {
  if (domains.length > MAX_EMAIL_DOMAINS)
    throw new InputError('emailDomain', `A provider serves at most ${MAX_EMAIL_DOMAINS} e-mail domains.`);
  const checked = domains.map((text) => {
    const domain = asciiDomain(text.trim().replace(/^@/, ''));
    if (domain !== undefined && DOMAIN.test(domain)) return domain;
    throw new InputError(
      'emailDomain',
      `"${text.slice(0, 100)}" is not an e-mail domain, as acme.example is.`,
    );
  });
  return [...new Set(checked)];
}

function checkAttributes(given: Partial<AttributeMapping>): AttributeMapping {
  const check = (field: keyof AttributeMapping): string | null => {
    const name = given[field]?.trim() ?? '';
    return name === '' ? null : checkText(`${field}Attribute`, name, { max: 256 });
  };
  return {
    firstName: check('firstName'),
    lastName: check('lastName'),
    email: check('email'),
    federationId: check('federationId'),
  };
}
