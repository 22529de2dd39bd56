import { describe, expect, it } from 'vitest';
import { checkIdentityProvider, type IdentityProviderInput } from './check-identity-provider.js';

const oidc = { issuer: 'https://id.example.com/tenant', clientId: 'fluxo' };
const input = (change: Partial<IdentityProviderInput> = {}): IdentityProviderInput => ({
  ...{ kind: 'oidc', name: 'Acme', oidc },
  ...change,
});

describe('an identity provider', () => {
  it('has its defaults, and is enabled as soon as it can be asked', () => {
    expect(checkIdentityProvider(input(), true)).toEqual({
      name: 'Acme',
      enabled: true,
      settings: {
        kind: 'oidc',
        ...oidc,
        scope: 'openid profile email',
        clientAuthentication: 'client_secret_basic',
      },
      emailDomains: [],
      attributes: { firstName: null, lastName: null, email: null, federationId: null },
      autoProvision: false,
      updateNames: false,
    });
    expect(checkIdentityProvider(input({ oidc: { ...oidc, clientId: '' } }), true).enabled).toBe(false);
    expect(checkIdentityProvider(input(), false).enabled).toBe(false);
    const open = { ...oidc, clientAuthentication: 'none' } as const;
    expect(checkIdentityProvider(input({ oidc: open }), false).enabled).toBe(true);
  });

  it('takes the address of the discovery document for the issuer that it is of', () => {
    const issuer = `${oidc.issuer}/.well-known/openid-configuration`;
    expect(checkIdentityProvider(input({ oidc: { ...oidc, issuer } }), true).settings).toMatchObject(oidc);
  });

  it('serves e-mail domains in lower case and ASCII, each once', () => {
    const emailDomains = ['Acme.Example', '@acme.example', 'bücher.example'];
    expect(checkIdentityProvider(input({ emailDomains }), true).emailDomains).toEqual([
      'acme.example',
      'xn--bcher-kva.example',
    ]);
  });

  it.each<[string, Partial<IdentityProviderInput>, hasSecret: boolean, field: string]>([
    ['an issuer in the clear', { oidc: { ...oidc, issuer: 'http://id.example.com' } }, true, 'issuer'],
    [
      'an issuer with a password',
      { oidc: { ...oidc, issuer: 'https://a:b@id.example.com' } },
      true,
      'issuer',
    ],
    ['an issuer with a query', { oidc: { ...oidc, issuer: 'https://id.example.com/?a' } }, true, 'issuer'],
    ['no issuer', { oidc: { clientId: 'fluxo' } }, true, 'issuer'],
    ['another scheme', { oidc: { ...oidc, issuer: 'file:///etc/passwd' } }, true, 'issuer'],
    ['a scope without openid', { oidc: { ...oidc, scope: 'profile' } }, true, 'scope'],
    ['a scope with a quote', { oidc: { ...oidc, scope: 'openid "x"' } }, true, 'scope'],
    ['a domain that is none', { emailDomains: ['acme'] }, true, 'emailDomain'],
    ['a wildcard', { emailDomains: ['*.acme.example'] }, true, 'emailDomain'],
    ['a deceiving name', { name: 'Ac‮me' }, true, 'name'],
    ['enabled without a secret', { enabled: true }, false, 'enabled'],
    ['enabled without a client ID', { enabled: true, oidc: { issuer: oidc.issuer } }, true, 'enabled'],
    ['a certificate that is none', { kind: 'saml', saml: { certificates: ['x'] } }, false, 'certificate'],
    ['a sign-on URL in the clear', { kind: 'saml', saml: { signOnUrl: 'http://a' } }, false, 'signOnUrl'],
    ['SAML enabled with nothing', { kind: 'saml', enabled: true }, false, 'enabled'],
  ])('%s is refused', (...row) => {
    const [, change, hasSecret, field] = row;
    expect(() => checkIdentityProvider(input(change), hasSecret)).toThrow(
      expect.objectContaining({ name: 'InputError', field }),
    );
  });
});
