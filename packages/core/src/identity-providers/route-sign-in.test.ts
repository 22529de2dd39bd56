import { describe, expect, it } from 'vitest';
import { emailDomainOf } from './email-domain.js';
import { hasPasswordWay, passwordCounts, routeSignIn, type SignInWay } from './route-sign-in.js';
import { sampleProvider } from './sample.test.support.js';

const acme = sampleProvider({ name: 'Acme', emailDomains: ['acme.example'] });
const other = sampleProvider({ name: 'Other', emailDomains: ['other.example', 'shared.example'] });
const third = sampleProvider({ name: 'Third', emailDomains: ['shared.example'] });
const plain = sampleProvider({ name: 'Plain' });
const off = sampleProvider({ name: 'Off', enabled: false, emailDomains: ['acme.example'] });

const rule = (singleSignOn: 'off' | 'offered' | 'required') => ({
  singleSignOn,
  administratorsExempt: false,
});

/** `provider Acme`, `choose Acme, Other`. */
function told(way: SignInWay): string {
  const providers = way.kind === 'provider' ? [way.provider] : way.providers;
  return [way.kind, providers.map(({ name }) => name).join(', ')].join(' ').trim();
}

describe('the way of a sign-in', () => {
  it.each([
    ['off', [acme], undefined, 'ask-username'],
    ['off', [acme], 'ana@acme.example', 'ask-password'],
    ['offered', [], undefined, 'ask-username'],
    ['offered', [acme, other, off], undefined, 'ask-username Acme, Other'],
    ['offered', [acme, other], 'ana@acme.example', 'provider Acme'],
    ['offered', [acme, other], '  ANA@Acme.Example ', 'provider Acme'],
    ['offered', [acme, other], 'ana', 'ask-password Acme, Other'],
    ['offered', [acme, other], 'ana@elsewhere.example', 'ask-password Acme, Other'],
    ['offered', [acme], 'ana@sub.acme.example', 'ask-password Acme'],
    ['offered', [acme], 'acme.example', 'ask-password Acme'],
    ['offered', [acme], 'ana@other@acme.example', 'provider Acme'],
    ['offered', [other, third], 'ana@shared.example', 'choose Other, Third'],
    ['offered', [off], 'ana@acme.example', 'ask-password'],
    ['required', [acme], undefined, 'provider Acme'],
    ['required', [acme, off], undefined, 'provider Acme'],
    ['required', [acme], 'ana@elsewhere.example', 'provider Acme'],
    ['required', [acme, other], undefined, 'ask-username Acme, Other'],
    ['required', [acme, other], 'ana@other.example', 'provider Other'],
    ['required', [acme, other], 'ana', 'choose Acme, Other'],
    ['required', [plain, sampleProvider({ name: 'Bare' })], undefined, 'choose Plain, Bare'],
    ['required', [off], undefined, 'choose'],
    ['required', [], 'ana', 'choose'],
  ] as const)('%s, %#: typed %j leads to %s', (...row) => {
    const [singleSignOn, providers, typed, way] = row;
    expect(told(routeSignIn(rule(singleSignOn), providers, typed))).toBe(way);
  });

  it('reads the domain of an address as mail does', () => {
    expect(emailDomainOf('ana@BÜCHER.example')).toBe('xn--bcher-kva.example');
    expect(emailDomainOf('@acme.example')).toBeUndefined();
    expect(emailDomainOf('ana@')).toBeUndefined();
    expect(emailDomainOf('ana@a b')).toBeUndefined();
    // A look-alike is another domain.
    expect(emailDomainOf('ana@аcme.example')).not.toBe('acme.example');
  });
});

describe('a password', () => {
  const [user, administrator] = [false, true].map((flag) => ({
    administrator: flag,
    onlySingleSignOn: false,
  }));
  const only = { administrator: true, onlySingleSignOn: true };
  const required = { singleSignOn: 'required', administratorsExempt: false } as const;
  const exempt = { singleSignOn: 'required', administratorsExempt: true } as const;

  it('counts for everybody unless single sign-on is required', () => {
    for (const mode of ['off', 'offered'] as const) {
      expect(hasPasswordWay(rule(mode))).toBe(true);
      expect(passwordCounts(rule(mode), user!)).toBe(true);
    }
    expect(hasPasswordWay(required)).toBe(false);
    expect(passwordCounts(required, administrator!)).toBe(false);
  });

  it('counts for administrators only where they are exempt, and the way to it is there for all', () => {
    expect(hasPasswordWay(exempt)).toBe(true);
    expect(passwordCounts(exempt, administrator!)).toBe(true);
    expect(passwordCounts(exempt, user!)).toBe(false);
  });

  it('never counts for whoever may use single sign-on only', () => {
    for (const each of [rule('off'), rule('offered'), required, exempt])
      expect(passwordCounts(each, only)).toBe(false);
  });
});
