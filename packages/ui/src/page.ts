import type {
  ErrorProblem,
  ForgotPasswordProblem,
  NewPasswordProblem,
  ProviderProblem,
  ReportedRefusal,
  SecondFactorProblem,
  SignInProblem,
} from './page-problems.js';

export type * from './page-problems.js';

/** What the server tells a page. Plain data: pages decide how it looks and reads, never what is true. */

export type Locale = 'en' | 'pt-BR';

/** What every page has in common. */
export interface PageContext {
  readonly locale: Locale;
  /** Also in the log and in the `x-request-id` header, so that a person can quote it to support. */
  readonly requestId: string;
  /** Path of the one stylesheet, already with its content hash. */
  readonly stylesheetPath: string;
  /** Path of the consent page's small script, already with its content hash; absent where it is only looked at. */
  readonly consentScriptPath?: string;
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
  /** Path on this origin; only the name is shown when it is absent. */
  readonly logoPath?: string;
  /** Path of the stylesheet of the organization's own colour, already with its content hash. */
  readonly accentStylesheetPath?: string;
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

/** The way to an organization's own sign-in. */
export interface ProviderLink {
  readonly name: string;
  /** On this origin; on the page in between, the provider's own address, checked to be https (or loopback http). */
  readonly href: string;
}

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

/** A form outside the sign-in's own pages: where it posts, and what goes along. */
export interface HiddenForm {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
}

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
  | {
      readonly kind: 'signed-out';
      readonly signInPath: string;
      /** Of the company, where the session came from there. */
      readonly provider?: ProviderSignOut;
    }
  | { readonly kind: 'error'; readonly problem: ErrorProblem };

export type ProviderSignOut =
  | { readonly kind: 'offered'; readonly name: string; readonly href: string }
  /** Signed out there too; it couldn't be asked; what came in its name isn't proven. */
  | { readonly kind: 'done' | 'failed' | 'refused'; readonly name: string };

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
