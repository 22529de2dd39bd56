/** What can go wrong on a page, as far as the person who sees it can do something. Plain data, as in page.ts. */

export type SignInProblem =
  | { readonly kind: 'username-missing' }
  | { readonly kind: 'password-missing' }
  /** One text for a wrong password and for a user who does not exist. */
  | { readonly kind: 'not-recognized' }
  /** Too many attempts; sign-in is possible again at this time (epoch milliseconds). */
  | { readonly kind: 'throttled'; readonly retryAt: number }
  /** The server hashes as many passwords as it can at the moment. */
  | { readonly kind: 'busy' };

/** Why a sign-in at an identity provider came to nothing. */
export type ProviderProblem =
  /** It is away, too slow, or was set up wrongly. */
  | 'unreachable'
  /** It said no, or the person did, there. */
  | 'refused'
  /** What it said isn't proven. */
  | 'invalid'
  /** It knows the person, and this organization doesn't. */
  | 'unknown-person'
  /** It isn't used any more. */
  | 'disabled'
  /** Single sign-on is required, and there is no provider. */
  | 'none';

export type ReportedRefusal =
  | Exclude<ProviderProblem, 'unknown-person' | 'disabled' | 'none'>
  | 'misconfigured'
  | 'federation-id-missing'
  | 'email-unverified'
  | 'not-linked'
  | 'email-missing'
  | 'email-domain'
  | 'username-taken'
  | 'user-disabled';

export type ForgotPasswordProblem =
  { readonly kind: 'username-missing' } | { readonly kind: 'throttled'; readonly retryAt: number };

export type NewPasswordProblem =
  | { readonly kind: 'password-missing' }
  /** Too short, or far too long. */
  | { readonly kind: 'password-length' }
  | { readonly kind: 'busy' };

export type SecondFactorProblem =
  | { readonly kind: 'code-missing' }
  | { readonly kind: 'code-wrong' }
  | { readonly kind: 'recovery-code-wrong' }
  /** The page with the QR code was open for too long; this one has a new QR code. */
  | { readonly kind: 'setup-gone' }
  | { readonly kind: 'proof-missing' }
  /** Neither the password nor a code. */
  | { readonly kind: 'proof-wrong' }
  | { readonly kind: 'throttled'; readonly retryAt: number }
  | { readonly kind: 'busy' };

/** Why a redirect URL did not match, as far as it helps the developer and tells a stranger nothing. */
export interface RedirectMismatch {
  readonly received: string;
  /** 1-based position of the first differing character, only where scheme and host are the registered ones. */
  readonly position?: number;
  readonly hint: RedirectHint;
}

export type RedirectHint =
  'scheme' | 'host' | 'port' | 'letter-case' | 'trailing-slash' | 'path' | 'query' | 'fragment' | 'not-a-url';

/** Everything that can go wrong on a page. `received` values are shown as text, shortened by the page. */
export type ErrorProblem =
  | { readonly kind: 'client-id-missing' }
  | { readonly kind: 'client-id-malformed'; readonly received: string }
  | { readonly kind: 'client-unknown'; readonly received: string }
  | { readonly kind: 'client-disabled'; readonly received: string }
  | { readonly kind: 'redirect-uri-missing' }
  | { readonly kind: 'redirect-uri-none-registered' }
  | { readonly kind: 'redirect-uri-mismatch'; readonly mismatch: RedirectMismatch }
  | { readonly kind: 'parameter-repeated'; readonly parameter: string }
  /** The flow is older than it may be; start again at the application. */
  | { readonly kind: 'flow-expired' }
  /** The flow is unknown, already answered, or belongs to another browser or user. */
  | { readonly kind: 'flow-not-yours' }
  /** From this network too many sign-ins were begun and not finished (429). */
  | { readonly kind: 'too-many-flows' }
  /** A link from an e-mail that was used, replaced by a newer one, or is too old (410). */
  | { readonly kind: 'link-gone' }
  /** A form came from another site or without its token (403). */
  | { readonly kind: 'request-refused' }
  /** The console, for somebody who is no administrator (403). */
  | { readonly kind: 'administrators-only' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'method-not-allowed' }
  | { readonly kind: 'bad-request' }
  /** The database is away, or too many sign-ins at once; 503, worth another try. */
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'internal' };
