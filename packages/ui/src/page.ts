/** What the server tells a page. Plain data: pages decide how it looks and reads, never what is true. */

export type Locale = 'en' | 'pt-BR';

/** What every page has in common. */
export interface PageContext {
  readonly locale: Locale;
  /** Also in the log and in the `x-request-id` header, so that a person can quote it to support. */
  readonly requestId: string;
  /** Path of the one stylesheet, already with its content hash. */
  readonly stylesheetPath: string;
  /** Path of the consent page's small script, already with its content hash. */
  readonly consentScriptPath: string;
  /** The organization whose page this is; absent where no environment is known (unknown host). */
  readonly organization?: Organization;
  /** Epoch milliseconds that “3 hours ago” counts from; the real time when absent. */
  readonly now?: number;
}

export interface Organization {
  readonly name: string;
  readonly domain: string;
  /** `my` is production; every other lane is a test copy, and its pages say so. */
  readonly lane: string;
}

/** An application as its users see it. */
export interface ApplicationCard {
  readonly name: string;
  readonly description?: string;
  /** Path on this origin; the pages show a monogram of the name when it is absent. */
  readonly logoPath?: string;
  readonly developerName?: string;
  readonly developerEmail?: string;
  /** Links, each already checked to be https (or loopback http). */
  readonly descriptionUrl?: string;
  readonly privacyUrl?: string;
  readonly termsUrl?: string;
}

/** The two hidden fields of a form inside a flow: where it posts and the flow's own token. */
export interface FlowForm {
  readonly action: string;
  readonly flow: string;
}

export type SignInProblem =
  | { readonly kind: 'username-missing' }
  | { readonly kind: 'password-missing' }
  /** One text for a wrong password and for a user who does not exist. */
  | { readonly kind: 'not-recognized' }
  /** Too many attempts; sign-in is possible again at this time (epoch milliseconds). */
  | { readonly kind: 'throttled'; readonly retryAt: number }
  /** The server hashes as many passwords as it can at the moment. */
  | { readonly kind: 'busy' };

/** The way to an organization's own sign-in. */
export interface ProviderLink {
  readonly name: string;
  /** On this origin; on the page in between, the provider's own address, checked to be https (or loopback http). */
  readonly href: string;
}

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

/** What an identity provider said when an administrator tried it. */
export interface ProviderReport {
  readonly providerName: string;
  /** Why nobody could be signed in with it; absent when somebody could. */
  readonly refusal?: { readonly reason: ReportedRefusal; readonly detail: string };
  readonly mapped: readonly ReportLine[];
  readonly received: readonly ReportLine[];
}

export interface ReportLine {
  readonly name: string;
  readonly values: readonly string[];
}

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

/** A form outside the sign-in's own pages: where it posts, and what goes along. */
export interface HiddenForm {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
}

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

export type Page =
  /** First step: who are you? Form field `username`. */
  | {
      readonly kind: 'sign-in-username';
      readonly form: FlowForm;
      /** The application that sent the person here; absent when they came for `/account`. */
      readonly application?: ApplicationCard;
      readonly username?: string;
      /** What else there is beside the password. */
      readonly providers?: readonly ProviderLink[];
      readonly problem?: SignInProblem;
    }
  /** Second step: form field `password`; the username travels in the flow and is shown, with a way back. */
  | {
      readonly kind: 'sign-in-password';
      readonly form: FlowForm;
      readonly application?: ApplicationCard;
      readonly username: string;
      /** Link back to the first step. */
      readonly changeUsernamePath: string;
      readonly providers?: readonly ProviderLink[];
      readonly forgotPasswordPath?: string;
      readonly problem?: SignInProblem;
    }
  /** There are identity providers only. */
  | {
      readonly kind: 'sign-in-choice';
      readonly application?: ApplicationCard;
      readonly providers: readonly ProviderLink[];
      /** Everybody sees it where there is such a way, whoever it is for. */
      readonly passwordPath?: string;
    }
  /** On the way to an identity provider; the browser goes on by itself. */
  | {
      readonly kind: 'sign-in-forward';
      readonly provider: ProviderLink;
      /** What is posted there; undefined: a link. */
      readonly form?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'sign-in-provider-problem';
      readonly problem: ProviderProblem;
      readonly providerName?: string;
      readonly tryAgainPath?: string;
      readonly otherWayPath?: string;
      readonly passwordPath?: string;
    }
  | { readonly kind: 'provider-report'; readonly report: ProviderReport }
  /** The second step: form field `code`, and `with` = `recovery-code` where one is asked for. */
  | {
      readonly kind: 'second-factor-code';
      readonly form: FlowForm;
      readonly application?: ApplicationCard;
      readonly username: string;
      readonly way: 'app' | 'recovery-code';
      /** The same page for the other way. */
      readonly otherWayPath: string;
      readonly changeUsernamePath: string;
      readonly problem?: SecondFactorProblem;
    }
  /** A seed for the authenticator app, and form field `code` that shows that it has arrived. */
  | {
      readonly kind: 'second-factor-set-up';
      readonly form: HiddenForm;
      readonly application?: ApplicationCard;
      readonly username: string;
      /** `otpauth://…`, shown as a QR code. */
      readonly uri: string;
      /** The same for typing. */
      readonly secret: string;
      /** In the course of a sign-in, because the organization demands it; otherwise from the account page. */
      readonly required: boolean;
      readonly changeUsernamePath?: string;
      readonly problem?: SecondFactorProblem;
    }
  /** Shown once. */
  | { readonly kind: 'recovery-codes'; readonly codes: readonly string[]; readonly continuePath: string }
  /** Form field `proof`: the password, or a code. */
  | {
      readonly kind: 'second-factor-confirm';
      readonly change: 'renew' | 'remove';
      readonly form: HiddenForm;
      readonly username: string;
      readonly problem?: SecondFactorProblem;
    }
  /** Buttons named `decision` with values `allow` and `cancel`. */
  | {
      readonly kind: 'consent';
      readonly form: FlowForm;
      readonly application: ApplicationCard;
      readonly user: Person;
      /** Where the person is sent afterwards, for example `app.example.com`. */
      readonly redirectHost: string;
      /** True when the application may remember the answer, so the page can say so. */
      readonly remembers: boolean;
      /** Posts the flow token here to sign in as somebody else. */
      readonly switchAccountAction: string;
    }
  | {
      readonly kind: 'account';
      readonly user: Person;
      /** Hidden field `form_token` of every form on this page. */
      readonly formToken: string;
      readonly connections: readonly Connection[];
      readonly sessions: readonly BrowserSession[];
      readonly secondFactor: AccountSecondFactor;
      /** What just happened, said once at the top. */
      readonly notice?: AccountNotice;
    }
  /** Form field `username`. */
  | {
      readonly kind: 'forgot-password';
      readonly action: string;
      readonly username?: string;
      readonly problem?: ForgotPasswordProblem;
    }
  /** The same for everybody: it doesn't say whether there is such a user. */
  | { readonly kind: 'forgot-password-sent'; readonly signInPath: string }
  /** From a link in an e-mail. Form fields `password`, and `end_connections` = `yes`. */
  | {
      readonly kind: 'new-password';
      readonly purpose: 'reset' | 'invitation';
      readonly form: HiddenForm;
      readonly username: string;
      readonly connections: readonly ApplicationCard[];
      readonly problem?: NewPasswordProblem;
    }
  | {
      readonly kind: 'new-password-done';
      readonly purpose: 'reset' | 'invitation';
      readonly endsConnections: boolean;
      readonly signInPath: string;
    }
  | { readonly kind: 'signed-out'; readonly signInPath: string }
  | { readonly kind: 'error'; readonly problem: ErrorProblem };

export interface AccountSecondFactor {
  /** Whether the organization demands one: then it can't be removed here. */
  readonly required: boolean;
  /** Absent: none is set up. */
  readonly added?: { readonly at: number; readonly recoveryCodesLeft: number };
}

export interface Person {
  readonly name: string;
  readonly username: string;
}

/** One connected application on `/account`. Times are epoch milliseconds. */
export interface Connection {
  readonly consentId: string;
  readonly application: ApplicationCard;
  readonly connectedAt: number;
  /** Absent when the application has not called yet. */
  readonly lastUsedAt?: number;
}

export interface BrowserSession {
  readonly sessionId: string;
  /** For example `Firefox on Linux`; absent when the browser did not say. */
  readonly device?: string;
  readonly signedInAt: number;
  readonly lastUsedAt: number;
  readonly current: boolean;
}

export type AccountNotice =
  | { readonly kind: 'disconnected'; readonly applicationName: string }
  | { readonly kind: 'session-ended' }
  | { readonly kind: 'second-factor-removed' };

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
  | { readonly kind: 'not-found' }
  | { readonly kind: 'method-not-allowed' }
  | { readonly kind: 'bad-request' }
  /** The database is away, or too many sign-ins at once; 503, worth another try. */
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'internal' };
