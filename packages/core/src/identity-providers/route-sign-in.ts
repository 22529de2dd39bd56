import type { EnvironmentSettings } from '../environments/environment.js';
import type { User } from '../users/user.js';
import { emailDomainOf } from './email-domain.js';
import type { IdentityProvider } from './identity-provider.js';

export type SingleSignOnRule = Pick<EnvironmentSettings, 'singleSignOn' | 'administratorsExempt'>;

/** Where a sign-in goes next. */
export type SignInWay =
  | { readonly kind: 'ask-username'; readonly providers: readonly IdentityProvider[] }
  | { readonly kind: 'ask-password'; readonly providers: readonly IdentityProvider[] }
  | { readonly kind: 'provider'; readonly provider: IdentityProvider }
  | { readonly kind: 'choose'; readonly providers: readonly IdentityProvider[] };

/**
 * The way follows the environment's rule and the e-mail domain of what was typed, and nothing else: whether there is
 * such a user isn't even known here, so the way can't tell.
 * @param typed undefined: nothing yet
 */
export function routeSignIn(
  { singleSignOn }: SingleSignOnRule,
  all: readonly IdentityProvider[],
  typed: string | undefined,
): SignInWay {
  const providers = singleSignOn === 'off' ? [] : all.filter(({ enabled }) => enabled);
  if (singleSignOn === 'required') return routeRequired(providers, typed);
  if (typed === undefined) return { kind: 'ask-username', providers };
  const serving = providersServing(typed, providers);
  return serving.length === 0 ? { kind: 'ask-password', providers } : oneOrChoice(serving);
}

function routeRequired(providers: readonly IdentityProvider[], typed: string | undefined): SignInWay {
  if (providers.length < 2) return oneOrChoice(providers);
  if (typed === undefined) {
    const byDomain = providers.some(({ emailDomains }) => emailDomains.length > 0);
    return { kind: byDomain ? 'ask-username' : 'choose', providers };
  }
  const serving = providersServing(typed, providers);
  return oneOrChoice(serving.length === 0 ? providers : serving);
}

function oneOrChoice(providers: readonly IdentityProvider[]): SignInWay {
  const [provider, ...others] = providers;
  return provider !== undefined && others.length === 0
    ? { kind: 'provider', provider }
    : { kind: 'choose', providers };
}

function providersServing(
  typed: string,
  providers: readonly IdentityProvider[],
): readonly IdentityProvider[] {
  const domain = emailDomainOf(typed);
  return domain === undefined ? [] : providers.filter(({ emailDomains }) => emailDomains.includes(domain));
}

/** Whether there is a way with a password at all. Everybody sees it then: it mustn't say who is an administrator. */
export function hasPasswordWay({ singleSignOn, administratorsExempt }: SingleSignOnRule): boolean {
  return singleSignOn !== 'required' || administratorsExempt;
}

/** Whether this user's password counts. Asked after it was verified, and a no looks like a wrong password. */
export function passwordCounts(
  { singleSignOn, administratorsExempt }: SingleSignOnRule,
  { administrator, onlySingleSignOn }: Pick<User, 'administrator' | 'onlySingleSignOn'>,
): boolean {
  if (onlySingleSignOn) return false;
  return singleSignOn !== 'required' || (administratorsExempt && administrator);
}
