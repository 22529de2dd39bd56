import {
  callbackUrlOf,
  changeIdentityProvider,
  createIdentityProvider,
  deleteIdentityProvider,
  metadataUrlOf,
  mintTestTicket,
  PROVIDER_TEST_PAGE,
  requireIdentityProvider,
  signOutUrlOf,
  type IdentityProvider,
  type IdentityProviderId,
} from '@fluxo/core';
import type { Command } from 'commander';
import { endWarnings } from '../adapters/saml/certificate-end.js';
import { withSigningKey } from '../adapters/saml/signing-key.js';
import { providerAdministration, providerChanging } from './administration.js';
import type { CommandLine, Invocation } from './command-line.js';
import {
  addCreateOptions,
  addUpdateOptions,
  toProviderChange,
  toProviderInput,
  type CreateOptions,
  type ProviderOptions,
} from './identity-provider-options.js';
import { requireId, requireSomeChange } from './option-values.js';
import { isoTime, type Result, type Row } from './output.js';
import { requireTenant, type Tenant, type Tool } from './tool.js';

type OfProvider = readonly [environment: string, providerId: string];

const EXAMPLES = `
A client secret comes from FLUXO_CLIENT_SECRET or standard input, never from an option. A provider can be created
before its client ID is known: it is enabled as soon as it has all that it needs.

Examples:
  fluxo identity-provider create acme.my --kind oidc --name "Acme" --issuer https://id.acme.example \\
    --client-id fluxo --client-secret --email-domain acme.example < secret-file
  fluxo identity-provider create acme.my --kind saml --name "Acme" --metadata https://id.acme.example/metadata
  fluxo identity-provider test acme.my <provider_id>
  fluxo environment update acme.my --single-sign-on required --administrators-exempt on`;

export function addIdentityProviderCommands(program: Command, commandLine: CommandLine): void {
  const provider = program
    .command('identity-provider')
    .description('where people prove who they are: their company’s own sign-in')
    .addHelpText('after', EXAMPLES);
  addCreateOptions(
    provider
      .command('create <domain.lane>')
      .description('create an identity provider; prints the URL that it must send its answers to'),
  ).action(commandLine.run(create));
  provider
    .command('list <domain.lane>')
    .description('list the identity providers')
    .action(commandLine.run(list));
  provider
    .command('show <domain.lane> <provider_id>')
    .description('show one identity provider; its secret is never shown')
    .action(commandLine.run(show));
  addUpdateOptions(
    provider
      .command('update <domain.lane> <provider_id>')
      .description('change an identity provider; what is left out stays'),
  ).action(commandLine.run(update));
  provider
    .command('delete <domain.lane> <provider_id>')
    .description('delete an identity provider; nobody is known by it any more, and what it opened ends')
    .action(commandLine.run(remove));
  provider
    .command('test <domain.lane> <provider_id>')
    .description(
      'print a link that shows what the provider says of whoever signs in there; it signs nobody in',
    )
    .action(commandLine.run(test));
}

async function create(
  tool: Tool,
  { args: [name], options }: Invocation<readonly [string], CreateOptions>,
): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const { input, secret } = await toProviderInput(options, { ...tool, now: tenant.now });
  const origin = tool.hosts.originOf(tenant.environment);
  const ready =
    input.kind === 'saml'
      ? await withSigningKey(input, { origin, now: tool.essentials.clock.real() })
      : { input, secret };
  const provider = await createIdentityProvider(
    ready.input,
    ready.secret,
    providerAdministration(tool, tenant),
  );
  const { id, enabled } = provider;
  const record = { provider_id: id, enabled, ...addressesOf(provider, tool, tenant) };
  noteEnds(provider, tool);
  return { kind: 'record', record };
}

async function list(tool: Tool, { args: [name] }: Invocation<readonly [string], object>): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const providers = await tenant.storage.identityProviders.list();
  for (const provider of providers) noteEnds(provider, tool);
  return {
    kind: 'list',
    rows: providers.map((provider) => providerView(provider, tool, tenant)),
    columns: ['name', 'kind', 'enabled', 'email_domains', 'provider_id'],
    empty: 'No identity providers yet. Create one with: fluxo identity-provider create',
  };
}

async function show(tool: Tool, { args }: Invocation<OfProvider, object>): Promise<Result> {
  const { tenant, provider } = await find(tool, args);
  noteEnds(provider, tool);
  return { kind: 'record', record: providerView(provider, tool, tenant) };
}

async function update(
  tool: Tool,
  { args, options }: Invocation<OfProvider, ProviderOptions>,
): Promise<Result> {
  requireSomeChange(options);
  const { tenant, provider } = await find(tool, args);
  const change = await toProviderChange(options, provider.settings.kind, {
    ...{ ...tool, now: tenant.now },
  });
  const updated = await changeIdentityProvider(provider.id, change, providerChanging(tool, tenant));
  noteEnds(updated, tool);
  return { kind: 'record', record: providerView(updated, tool, tenant) };
}

async function remove(tool: Tool, { args }: Invocation<OfProvider, object>): Promise<Result> {
  const { tenant, provider } = await find(tool, args);
  await deleteIdentityProvider(provider.id, providerChanging(tool, tenant));
  return { kind: 'record', record: { provider_id: provider.id, deleted: true } };
}

async function test(tool: Tool, { args }: Invocation<OfProvider, object>): Promise<Result> {
  const { tenant, provider } = await find(tool, args);
  const { keyRing } = tool.essentials;
  const ticket = mintTestTicket(tenant.environment.id, provider.id, { keyRing, now: tenant.now });
  const url = `${tool.hosts.originOf(tenant.environment)}${PROVIDER_TEST_PAGE}?ticket=${ticket}`;
  tool.io.note('Open this within 15 minutes, and sign in there. It shows what came, and signs nobody in.\n');
  return { kind: 'record', record: { provider_id: provider.id, url } };
}

async function find(
  tool: Tool,
  [name, text]: OfProvider,
): Promise<{ readonly tenant: Tenant; readonly provider: IdentityProvider }> {
  const tenant = await requireTenant(name, tool);
  const id = requireId<IdentityProviderId>('provider_id', text);
  return { tenant, provider: await requireIdentityProvider(id, tenant.storage.identityProviders) };
}

/** A certificate ends for everybody at once, and nobody can sign in then. */
function noteEnds({ name, settings }: IdentityProvider, { io, essentials }: Tool): void {
  if (settings.kind !== 'saml') return;
  for (const warning of endWarnings(settings.certificates, essentials.clock.real())) {
    io.note(`${name}: ${warning}\n`);
  }
}

/** What the company's administrator has to write down on the other side. */
function addressesOf(provider: IdentityProvider, { hosts }: Tool, { environment }: Tenant): Row {
  const origin = hosts.originOf(environment);
  const callback = callbackUrlOf(origin, provider);
  const signOut = signOutUrlOf(origin, provider);
  if (provider.settings.kind === 'oidc') return { callback_url: callback, post_logout_redirect_url: signOut };
  const metadata = metadataUrlOf(origin, provider);
  return {
    acs_url: callback,
    slo_url: signOut,
    metadata_url: metadata,
    service_provider_entity_id: metadata,
  };
}

function providerView(provider: IdentityProvider, tool: Tool, tenant: Tenant): Row {
  const { attributes, settings } = provider;
  return {
    provider_id: provider.id,
    name: provider.name,
    kind: settings.kind,
    enabled: provider.enabled,
    ...addressesOf(provider, tool, tenant),
    ...(settings.kind === 'oidc'
      ? {
          issuer: settings.issuer,
          client_id: settings.clientId === '' ? null : settings.clientId,
          has_client_secret: provider.hasSecret,
          client_authentication: settings.clientAuthentication,
          scope: settings.scope,
        }
      : {
          entity_id: settings.entityId,
          sign_on_url: settings.signOnUrl,
          sign_on_binding: settings.signOnBinding,
          sign_out_url: settings.signOutUrl ?? null,
          sign_requests: settings.signRequests,
          certificates: settings.certificates,
        }),
    email_domains: provider.emailDomains,
    first_name_attribute: attributes.firstName,
    last_name_attribute: attributes.lastName,
    email_attribute: attributes.email,
    federation_id_attribute: attributes.federationId,
    auto_provision: provider.autoProvision,
    update_names: provider.updateNames,
    created_at: isoTime(provider.createdAt),
    last_used_at: isoTime(provider.lastUsedAt),
  };
}
