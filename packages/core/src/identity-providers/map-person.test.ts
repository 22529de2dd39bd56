import { describe, expect, it } from 'vitest';
import { mapNewUser, mapPerson } from './map-person.js';
import type { ProvenIdentity } from './provider-adapter.js';
import { sampleProvider } from './sample.test.support.js';

function identity(
  attributes: Record<string, string | readonly string[]>,
  emailVerified?: boolean,
): ProvenIdentity {
  const lists = Object.entries(attributes).map(([name, value]) => [name, [value].flat()] as const);
  return { subject: 'subject-1', attributes: Object.fromEntries(lists), emailVerified };
}

const mapping = { firstName: null, lastName: null, email: null, federationId: null };
const saml = {
  kind: 'saml',
  entityId: 'e',
  signOnUrl: 'https://s',
  certificates: [],
  signOnBinding: 'redirect',
  signRequests: false,
  signingCertificate: '',
} as const;

describe('who a provider’s answer is about', () => {
  it('is the subject, with the usual claims, unless something else was mapped', () => {
    const claims = { given_name: 'Ana', family_name: 'Souza', email: 'ana@acme.example', employee: '42' };
    expect(mapPerson(identity(claims), sampleProvider())).toEqual({
      ...{ federationId: 'subject-1', email: 'ana@acme.example', name: 'Ana Souza' },
      emailVerified: undefined,
    });
    const mapped = { ...mapping, firstName: 'employee', federationId: 'employee' };
    expect(mapPerson(identity(claims), sampleProvider({ attributes: mapped }))).toMatchObject({
      ...{ federationId: '42', name: '42 Souza' },
    });
  });

  it('has the whole name where there are no parts, and none at all where that deceives', () => {
    expect(mapPerson(identity({ name: 'Ana Souza' }), sampleProvider())).toMatchObject({ name: 'Ana Souza' });
    expect(mapPerson(identity({ name: 'Ana‮Souza' }), sampleProvider())).toMatchObject({ name: undefined });
  });

  it.each([
    ['is missing', {}],
    ['is empty', { employee: '' }],
    ['has several values', { employee: ['1', '2'] }],
    ['has an invisible character', { employee: '4​2' }],
    ['begins with a space', { employee: ' 42' }],
    ['is too long', { employee: 'x'.repeat(257) }],
  ])('is nobody when the mapped federation ID %s', (_name, attributes) => {
    const provider = sampleProvider({ attributes: { ...mapping, federationId: 'employee' } });
    expect(mapPerson(identity(attributes), provider)).toBe('federation-id-missing');
  });

  it('is known by an e-mail address only if the provider says that it is verified', () => {
    const provider = sampleProvider({ attributes: { ...mapping, federationId: 'email' } });
    const claims = { email: 'ana@acme.example' };
    expect(mapPerson(identity(claims, true), provider)).toMatchObject({ federationId: 'ana@acme.example' });
    expect(mapPerson(identity(claims, false), provider)).toBe('email-unverified');
    expect(mapPerson(identity(claims), provider)).toBe('email-unverified');
    // Under whichever name the address comes.
    const renamed = { ...mapping, email: 'mail', federationId: 'mail' };
    expect(mapPerson(identity({ mail: 'a@b.example' }), sampleProvider({ attributes: renamed }))).toBe(
      'email-unverified',
    );
    // The word is about the claim `email`: it doesn't vouch for another one, nor is one let in under another name.
    const beside = sampleProvider({ attributes: { ...mapping, email: 'mail', federationId: 'email' } });
    expect(mapPerson(identity({ ...claims, mail: 'x' }), beside)).toBe('email-unverified');
    const other = { ...mapping, email: 'mail', federationId: 'mail' };
    expect(mapPerson(identity({ mail: 'a@b.example' }, true), sampleProvider({ attributes: other }))).toBe(
      'email-unverified',
    );
    expect(mapPerson(identity(claims), { ...provider, settings: saml })).toMatchObject({
      federationId: 'ana@acme.example',
    });
  });
});

describe('a user for somebody who comes for the first time', () => {
  const ana = { federationId: 'x', email: 'ana@acme.example', name: 'Ana', emailVerified: true };
  const rule = { autoProvision: true, emailDomains: [] };
  const saying = (emailVerified?: boolean) => ({ ...ana, emailVerified });

  it('is made where the provider may', () => {
    const user = { username: 'ana@acme.example', name: 'Ana' };
    expect(mapNewUser(ana, rule)).toEqual(user);
    expect(mapNewUser(saying(), rule)).toEqual(user);
    expect(mapNewUser(ana, { ...rule, emailDomains: ['acme.example'] })).toEqual(user);
    expect(mapNewUser(ana, { ...rule, autoProvision: false })).toBe('not-linked');
  });

  it('is not made under an address that the provider doesn’t vouch for, or that isn’t its own', () => {
    expect(mapNewUser(saying(false), rule)).toBe('email-unverified');
    expect(mapNewUser(ana, { ...rule, emailDomains: ['other.example'] })).toBe('email-domain');
    // A Cyrillic letter.
    const twin = { ...ana, email: 'ana@аcme.example' };
    expect(mapNewUser(twin, { ...rule, emailDomains: ['acme.example'] })).toBe('email-domain');
    expect(mapNewUser({ ...ana, email: undefined }, rule)).toBe('email-missing');
    expect(mapNewUser({ ...ana, email: 'ana' }, rule)).toBe('email-missing');
  });
});
