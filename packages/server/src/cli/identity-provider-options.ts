import { readFileSync } from 'node:fs';
import {
  InputError,
  type AttributeMapping,
  type IdentityProviderChange,
  type IdentityProviderInput,
  type OidcClientAuthentication,
  type ProviderKind,
  type SamlSettings,
} from '@fluxo/core';
import { Option, type Command } from 'commander';
import type { SettingsOfMetadata } from '../adapters/saml/settings-of-metadata.js';
import { switchOption } from './option-values.js';
import { readSecretText } from './read-password.js';
import { withoutUndefined } from '../without-undefined.js';
import type { Tool } from './tool.js';

export interface ProviderOptions {
  readonly name?: string;
  readonly enabled?: boolean;
  readonly issuer?: string;
  readonly clientId?: string;
  readonly clientSecret?: true;
  readonly clientAuthentication?: OidcClientAuthentication;
  readonly scope?: string;
  readonly entityId?: string;
  readonly signOnUrl?: string;
  readonly signOutUrl?: string;
  readonly certificate?: readonly string[];
  readonly metadata?: string;
  readonly signRequests?: boolean;
  readonly emailDomain?: readonly string[];
  readonly firstNameAttribute?: string;
  readonly lastNameAttribute?: string;
  readonly emailAttribute?: string;
  readonly federationIdAttribute?: string;
  readonly autoProvision?: boolean;
  readonly updateNames?: boolean;
}

export type CreateOptions = ProviderOptions & { readonly kind: ProviderKind; readonly name: string };

/** Which of them only one kind has. */
const OIDC_ONLY = ['issuer', 'clientId', 'clientSecret', 'clientAuthentication', 'scope'] as const;
const SAML_ONLY = ['metadata', 'entityId', 'signOnUrl', 'signOutUrl', 'certificate', 'signRequests'] as const;

export function addCreateOptions(command: Command): Command {
  command
    .addOption(new Option('--kind <KIND>', 'how it is asked').choices(['oidc', 'saml']).makeOptionMandatory())
    .requiredOption('--name <TEXT>', 'what the button says: Continue with …');
  return addOptionalOptions(command);
}

export function addUpdateOptions(command: Command): Command {
  return addOptionalOptions(command.option('--name <TEXT>', 'what the button says: Continue with …'));
}

function addOptionalOptions(command: Command): Command {
  const methods: readonly OidcClientAuthentication[] = ['client_secret_basic', 'client_secret_post', 'none'];
  return command
    .addOption(
      switchOption('--enabled', 'off ends what it opened: sign-ins on the way, sessions, unused codes'),
    )
    .option('--issuer <URL>', 'oidc: the issuer, exactly as the provider writes it')
    .option('--client-id <TEXT>', 'oidc: how the provider knows this environment')
    .option('--client-secret', 'oidc: read the secret from FLUXO_CLIENT_SECRET or standard input')
    .addOption(
      new Option('--client-authentication <METHOD>', 'oidc: how the secret is sent').choices(methods),
    )
    .option('--scope <TEXT>', 'oidc: what is asked for (openid profile email)')
    .option('--metadata <SOURCE>', 'saml: a file or address that says the next five')
    .option('--entity-id <TEXT>', 'saml: the entity ID of the provider')
    .option('--sign-on-url <URL>', 'saml: where it takes requests')
    .option('--sign-out-url <URL>', 'saml: where it takes sign-outs by redirect; none: nowhere')
    .option('--certificate <FILE...>', 'saml: PEM files; each of them may have signed')
    .addOption(switchOption('--sign-requests', 'saml: sign requests with the key made at create'))
    .option('--email-domain <DOMAIN...>', 'whose e-mail address ends so is sent there; none: nobody')
    .option('--first-name-attribute <NAME>', 'claim or attribute of the first name')
    .option('--last-name-attribute <NAME>', 'claim or attribute of the last name')
    .option('--email-attribute <NAME>', 'claim or attribute of the e-mail address')
    .option('--federation-id-attribute <NAME>', 'claim or attribute that people are known by (sub, NameID)')
    .addOption(switchOption('--auto-provision', 'make a user for whoever comes for the first time'))
    .addOption(switchOption('--update-names', 'bring the name up to date at each sign-in'));
}

/** What an option may need to be read. */
export type OptionSources = Pick<Tool, 'io' | 'config'> & { readonly now: number };

export async function toProviderInput(
  options: CreateOptions,
  sources: OptionSources,
): Promise<{ readonly input: IdentityProviderInput; readonly secret: string | undefined }> {
  const { secret, ...change } = await toProviderChange(options, options.kind, sources);
  return { input: { ...change, kind: options.kind, name: options.name }, secret: secret ?? undefined };
}

/** @throws InputError for an option that this kind doesn't have, or a certificate that can't be read */
export async function toProviderChange(
  options: ProviderOptions,
  kind: ProviderKind,
  sources: OptionSources,
): Promise<IdentityProviderChange> {
  refuseOtherKind(options, kind);
  const { name, enabled, autoProvision, updateNames, emailDomain, clientSecret } = options;
  const { issuer, clientId, scope, clientAuthentication } = options;
  return {
    ...withoutUndefined({ name, enabled, autoProvision, updateNames }),
    ...(emailDomain === undefined ? {} : { emailDomains: emailDomain.filter((text) => text !== 'none') }),
    attributes: attributesOf(options),
    ...(kind === 'oidc' ? { oidc: withoutUndefined({ issuer, clientId, scope, clientAuthentication }) } : {}),
    ...(kind === 'saml' ? { saml: await samlOf(options, sources) } : {}),
    ...(clientSecret === true
      ? {
          secret: await readSecretText(
            { variable: 'FLUXO_CLIENT_SECRET', what: 'client secret' },
            sources.io,
          ),
        }
      : {}),
  };
}

/** What is written beside the metadata counts more. */
async function samlOf(
  { metadata, entityId, signOnUrl, signOutUrl: typed, certificate, signRequests }: ProviderOptions,
  { config, now }: OptionSources,
): Promise<Partial<Omit<SamlSettings, 'kind'>>> {
  const read = metadata === undefined ? {} : await readMetadata(metadata, { config, now });
  const certificates = certificate?.map(readCertificate);
  // Who types an address means it for both directions.
  const signOutUrl = typed === 'none' ? '' : typed;
  const signOut = typed === undefined ? {} : { signOutUrl, signOutAnswerUrl: '' };
  return { ...read, ...withoutUndefined({ entityId, signOnUrl, certificates, signRequests, ...signOut }) };
}

async function readMetadata(
  source: string,
  { config, now }: Omit<OptionSources, 'io'>,
): Promise<SettingsOfMetadata> {
  // Loaded only here: an XML parser is nothing for `--help`.
  const { readSamlMetadata } = await import('./saml-metadata.js');
  return readSamlMetadata(source, { networks: config.providerNetworks, now });
}

function refuseOtherKind(options: ProviderOptions, kind: ProviderKind): void {
  const wrong = (kind === 'oidc' ? SAML_ONLY : OIDC_ONLY).find((option) => options[option] !== undefined);
  if (wrong === undefined) return;
  const flag = wrong.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new InputError(wrong, `--${flag} is not for a provider of the kind ${kind}.`);
}

/** An empty name takes the mapping back. */
function attributesOf(options: ProviderOptions): Partial<AttributeMapping> {
  return withoutUndefined({
    firstName: options.firstNameAttribute,
    lastName: options.lastNameAttribute,
    email: options.emailAttribute,
    federationId: options.federationIdAttribute,
  });
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError('certificate', `The certificate can’t be read: ${reason}.`);
  }
}
