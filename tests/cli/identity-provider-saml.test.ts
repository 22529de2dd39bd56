import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDemoIdentityProvider, type DemoIdentityProvider } from '@fluxo/example-demo';
import { makeSigningKey } from '@fluxo/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOOPBACK_PROVIDERS } from '../support/identity.js';
import { FluxoHouse } from './fluxo-process.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const TEN_YEARS_MS = 10 * 365.25 * DAY_MS;

const house = new FluxoHouse();
let company: DemoIdentityProvider;
let file: string;

beforeAll(async () => {
  company = await startDemoIdentityProvider({ people: [], serviceProviders: () => [], port: 0 });
  await house.json(['environment', 'create', 'acme.my', '--name', 'Acme']);
  file = join(house.data, 'metadata.xml');
  writeFileSync(file, company.metadata);
});
afterAll(async () => {
  await company.close();
  await house.remove();
});

const create = (...options: string[]): string[] => [
  ...['identity-provider', 'create', 'acme.my', '--kind', 'saml', '--name', 'Acme'],
  ...options,
];

it('create reads the provider’s metadata from a file, and answers with what the provider needs', async () => {
  const created = await house.json(create('--metadata', file));
  const id = String(created['provider_id']);
  const at = `http://acme.my.localhost:3000/sign-in/saml/${id}`;
  expect(created).toEqual({
    ...{ provider_id: id, enabled: true },
    ...{
      acs_url: `${at}/acs`,
      slo_url: `${at}/slo`,
      metadata_url: `${at}/metadata`,
      service_provider_entity_id: `${at}/metadata`,
    },
  });
  const shown = await house.run(['identity-provider', 'show', 'acme.my', id, '--json']);
  expect(JSON.parse(shown.stdout)).toMatchObject({
    ...{ entity_id: company.entityId, sign_on_url: `${company.url}/sso`, sign_on_binding: 'redirect' },
    ...{ sign_requests: false, certificates: [expect.stringContaining('BEGIN CERTIFICATE')] },
  });
  expect([shown.stderr, shown.stdout.includes('PRIVATE')]).toEqual(['', false]);
});

it('an address is asked where an operator allows it, and nowhere else', async () => {
  const options = create('--metadata', company.entityId, '--sign-requests', 'on');
  const refused = await house.run(options);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('FLUXO_PROVIDER_NETWORKS')]);
  expect(await house.json(options, { env: LOOPBACK_PROVIDERS })).toMatchObject({ enabled: true });
  const gone = create('--metadata', `${company.url}/nothing`);
  expect((await house.run(gone, { env: LOOPBACK_PROVIDERS })).stderr).toContain('answered 400');
});

it('a certificate that ends soon is named at create, show, list and update, and a second one stands beside it', async () => {
  const ending = await makeSigningKey({ commonName: 'old', now: Date.now() - TEN_YEARS_MS + 10 * DAY_MS });
  const next = await makeSigningKey({ commonName: 'next', now: Date.now() });
  const [old, both] = [join(house.data, 'old.pem'), join(house.data, 'next.pem')];
  writeFileSync(old, ending.certificatePem);
  writeFileSync(both, next.certificatePem);
  const created = await house.run([...create('--metadata', file, '--certificate', old), '--json']);
  const { provider_id: id } = JSON.parse(created.stdout) as { provider_id: string };
  const of = ['acme.my', id];
  const all = await Promise.all([
    Promise.resolve(created),
    house.run(['identity-provider', 'show', ...of]),
    house.run(['identity-provider', 'list', 'acme.my']),
    house.run(['identity-provider', 'update', ...of, '--certificate', old, both]),
  ]);
  for (const { code, stderr } of all)
    expect([code, stderr]).toEqual([0, expect.stringMatching(/CN=old ends on/)]);
  expect(all.every(({ stderr }) => !stderr.includes('CN=next'))).toBe(true);
  const shown = await house.json<{ certificates: string[] }>(['identity-provider', 'show', ...of]);
  expect(shown.certificates).toHaveLength(2);
});

it.each([
  ['no metadata', () => ['--metadata', join(house.data, 'server.pem')], /metadata can.t be read as XML/],
  ['a file that isn’t there', () => ['--metadata', '/nowhere'], /metadata can’t be read/],
  ['an option of the other kind', () => ['--issuer', 'https://x.example'], /--issuer is not for .* saml/],
  ['enabled without what it needs', () => ['--enabled', 'on'], /needs its entity ID/],
])('create says what is wrong: %s', async (_name, options, message) => {
  // What a person takes for the metadata by mistake.
  writeFileSync(join(house.data, 'server.pem'), '-----BEGIN CERTIFICATE-----\n');
  const failed = await house.run(create(...options()));
  expect([failed.code, failed.stderr]).toEqual([1, expect.stringMatching(message)]);
});
