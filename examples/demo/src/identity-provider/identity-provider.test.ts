import { mapAttributes, parseProviderMetadata, samlServiceProvider } from '@fluxo/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDemoIdentityProvider, type DemoIdentityProvider } from './identity-provider.js';

const US = {
  entityId: 'http://localhost:3000/saml',
  acsUrl: 'http://localhost:3000/saml/acs',
  sloUrl: 'http://localhost:3000/saml/slo',
};
const ANA = { username: 'ana', firstName: 'Ana', lastName: 'Souza', email: 'ana@acme.example' };
const REQUEST_ID = '_0123456789abcdef';

let idp: DemoIdentityProvider;
beforeAll(async () => {
  idp = await startDemoIdentityProvider({ people: [ANA], serviceProviders: () => [US], port: 0 });
});
afterAll(() => idp.close());

function provider(binding: 'redirect' | 'post') {
  const { entityId, singleSignOn, certificates } = parseProviderMetadata(idp.metadata, Date.now());
  const pems = certificates.map(({ pem }) => pem);
  const only = { [binding]: singleSignOn[binding] };
  return samlServiceProvider({ ...US, provider: { entityId, singleSignOn: only, certificates: pems } });
}

function fieldOf(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}

async function post(url: string, fields: Readonly<Record<string, string>>): Promise<string> {
  return (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).text();
}

test.each(['redirect', 'post'] as const)(
  'whoever presses a name is signed in, asked by %s',
  async (binding) => {
    const us = provider(binding);
    const asked = await us.loginRequest({ relayState: 'flow', requestId: REQUEST_ID });
    const page =
      asked.kind === 'redirect'
        ? await (await fetch(asked.url)).text()
        : await post(asked.action, asked.fields);
    const names = ['issuer', 'request', 'RelayState'];
    const fields = Object.fromEntries(names.map((name) => [name, fieldOf(page, name)]));
    const answer = await post(`${idp.url}/answer`, { ...fields, username: 'ana' });
    expect(answer).toContain(`action="${US.acsUrl}"`);
    expect(fieldOf(answer, 'RelayState')).toBe('flow');
    const sent = fieldOf(answer, 'SAMLResponse');
    const accepted = await us.acceptResponse(sent, { expectedRequestId: REQUEST_ID, now: Date.now() });
    if (accepted.kind === 'refused') throw new Error(`${accepted.check}: ${accepted.received}`);
    expect(mapAttributes(accepted)).toEqual({
      ...{ firstName: 'Ana', lastName: 'Souza', email: 'ana@acme.example', federationId: 'ana' },
    });
  },
);

test('nobody is sent to an address that the provider wasn’t told of, and nobody unknown signs in', async () => {
  const stranger = await post(`${idp.url}/answer`, { issuer: 'https://evil.example', username: 'ana' });
  expect(stranger).not.toContain('SAMLResponse');
  const unknown = await post(`${idp.url}/answer`, { issuer: US.entityId, username: 'eve' });
  expect(unknown).not.toContain('SAMLResponse');
  expect((await fetch(`${idp.url}/sso?SAMLRequest=x`)).status).toBe(400);
});
