/** What can go wrong, as stable codes: a program decides by `code`, a person reads `message`. */
export type FluxoErrorCode =
  /** An option of `createFluxoClient` can't be used; `message` names it. */
  | 'invalid_option'
  /** The callback doesn't belong to this pending authorization (RFC 6749 §10.12). Start again. */
  | 'state_mismatch'
  /** The callback comes from another authorization server (RFC 9207 §2.4). Start again. */
  | 'issuer_mismatch'
  /** The callback has no `code`, or a parameter twice. Start again. */
  | 'invalid_callback'
  /** The callback says no; `error` says why, `access_denied` being the person's own *Cancel*. */
  | 'authorization_refused'
  /** The store holds no tokens: nobody has connected yet, or somebody disconnected. */
  | 'not_connected'
  /** The connection ended: ask the person to connect again. */
  | 'connection_ended'
  /** Fluxo refused the request as this application sent it; `error` says why. Not the person's doing. */
  | 'request_refused'
  /** No answer, or one that says "later". Nothing is lost: the same call may be made again. */
  | 'unavailable'
  /** An answer that this protocol doesn't have: something between here and Fluxo answers instead. */
  | 'invalid_response'
  /** The request would take the session to another origin. It wasn't sent. */
  | 'foreign_origin'
  /** The answer was a redirect, and sessions don't follow redirects. */
  | 'redirect_refused';

/** What an error may carry beside its code. */
export interface FluxoErrorDetails {
  readonly error?: string | undefined;
  readonly errorDescription?: string | undefined;
  readonly status?: number | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/**
 * Every failure this package itself reports. Its message never contains a token, a code or a secret, so it
 * may be logged as it is. (What a `TokenStore` throws passes through unchanged.)
 */
export class FluxoError extends Error {
  override readonly name = 'FluxoError';
  readonly code: FluxoErrorCode;
  /** The `error` of RFC 6749 §4.1.2.1 or §5.2, when Fluxo named one. */
  readonly error: string | undefined;
  /** The `error_description` beside it. Text from outside: escape it before it is shown. */
  readonly errorDescription: string | undefined;
  /** The HTTP status of the answer, when there was one. */
  readonly status: number | undefined;
  /** How many seconds Fluxo asked to be left alone, when it did. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: FluxoErrorCode, message: string, details: FluxoErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.error = details.error;
    this.errorDescription = details.errorDescription;
    this.status = details.status;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
