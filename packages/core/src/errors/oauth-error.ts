/** RFC 6749 §4.1.2.1: answered to the redirect URL. */
type AuthorizationErrorCode =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'server_error'
  | 'temporarily_unavailable';

/** RFC 6749 §5.2: answered at the token endpoint. */
type TokenErrorCode = 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';

/** RFC 7009 §2.2.1. */
type RevocationErrorCode = 'unsupported_token_type';

/** OpenID Connect Core §3.1.2.6, for `prompt=none`. */
type PromptErrorCode = 'login_required' | 'consent_required';

export type OAuthErrorCode = AuthorizationErrorCode | TokenErrorCode | RevocationErrorCode | PromptErrorCode;

/** Which check refused, what it wanted and what came: for logs and the administrator, never for outsiders. */
export interface Evidence {
  readonly check: string;
  readonly expected?: string;
  readonly received?: string;
}

/** What the protocol refuses. The description is public and fixed; the evidence stays inside. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode;
  readonly description: string;
  readonly evidence: Evidence | undefined;

  constructor(code: OAuthErrorCode, description: string, evidence?: Evidence) {
    super(`${code}: ${description}`);
    this.name = 'OAuthError';
    this.code = code;
    this.description = description;
    this.evidence = evidence;
  }
}

/** The database, or another thing that the server can't do without, is away: 503, worth another try. */
export class UnavailableError extends Error {
  readonly retryAfterSeconds: number;

  constructor(
    message: string,
    options: { readonly cause?: unknown; readonly retryAfterSeconds?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'UnavailableError';
    this.retryAfterSeconds = options.retryAfterSeconds ?? 1;
  }
}

/** An administrator's or operator's input that can't be taken; the message says what was wrong and what to do. */
export class InputError extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = 'InputError';
    this.field = field;
  }
}
