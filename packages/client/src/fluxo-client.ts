import {
  beginAuthorization,
  readAuthorizationAnswer,
  type AuthorizationRequest,
  type BegunAuthorization,
  type PendingAuthorization,
} from './authorization.js';
import { Connection } from './connection.js';
import { sessionFetch } from './session-fetch.js';
import { settingsFrom, type FluxoClientOptions } from './settings.js';
import { exchangeCode } from './token-request.js';
import type { Tokens } from './token-store.js';

/** What came of a completed authorization. The tokens are in the store. */
export interface CompletedAuthorization {
  /** The person's stable identifier in their organization. */
  readonly wid: string;
  /** The organization's domain, as the callback named it. */
  readonly domain: string | undefined;
  /** `my` for production, or the test copy it was: `preview`, `sb01`, `sb02`. */
  readonly lane: string | undefined;
  /** When the first session ends, in milliseconds since 1970. `fetch` renews it by itself. */
  readonly expiresAt: number;
}

/** One person's connection to Fluxo. */
export interface FluxoClient {
  /**
   * Prepares an authorization request (RFC 6749 §4.1.1) with a fresh `state` and PKCE challenge (RFC 7636).
   * Keep `pending` in the person's own session and send their browser to `url`.
   */
  beginAuthorization(request?: AuthorizationRequest): Promise<BegunAuthorization>;

  /**
   * Checks the callback (RFC 6749 §4.1.2 and §10.12, RFC 9207), exchanges its code (§4.1.3) and stores the tokens;
   * only then it resolves. Use each `pending` once.
   *
   * @param callbackUrl the URL that the browser came back to; its path and query are enough
   * @param pending what `beginAuthorization` gave for this person
   * @throws FluxoError `state_mismatch`, `issuer_mismatch`, `invalid_callback`; `authorization_refused`, where `error`
   *   is `access_denied` when the person pressed *Cancel*; `request_refused`, where `error` is `invalid_grant` when the
   *   code is too old or used; `unavailable`, `invalid_response`. After each of them: begin again.
   */
  completeAuthorization(
    callbackUrl: string | URL,
    pending: PendingAuthorization,
  ): Promise<CompletedAuthorization>;

  /**
   * Like the platform's `fetch`, with the session in the `sessionID` header. Paths are resolved against the origin.
   * The session is refreshed shortly before it ends, once for all concurrent calls, and on a 401, after which the
   * request is sent once more if its body isn't a stream. Redirects aren't followed; with `redirect: 'manual'` they
   * are returned.
   *
   * @throws FluxoError `foreign_origin`, `redirect_refused`; `not_connected`; and what `refresh` throws. What the
   *   platform's `fetch` throws for the request itself passes through.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;

  /**
   * Refreshes now (RFC 6749 §6), joining a refresh that is under way. Resolves once the new tokens are stored.
   *
   * @throws FluxoError `connection_ended`: the store is cleared, ask the person to connect again; `unavailable` after
   *   a few attempts: nothing is lost, call again later; `not_connected`, `request_refused`, `invalid_response`.
   */
  refresh(): Promise<Tokens>;

  /**
   * Ends the connection at Fluxo (RFC 7009), then clears the store. With nothing stored it does nothing.
   *
   * @throws FluxoError `unavailable`, `request_refused`, `invalid_response`: the connection still stands and so does
   *   the store, so that it can be tried again.
   */
  revoke(): Promise<void>;
}

/**
 * The client of one connection: make one per person, and share it between all that act for them at once.
 *
 * @throws FluxoError `invalid_option`
 */
export function createFluxoClient(options: FluxoClientOptions): FluxoClient {
  const settings = settingsFrom(options);
  const connection = new Connection(settings);
  return {
    beginAuthorization: (request = {}) => beginAuthorization(settings, request),

    completeAuthorization: async (callbackUrl, pending) => {
      const { code, domain, lane } = readAuthorizationAnswer(settings, callbackUrl, pending);
      const tokens = await exchangeCode(settings, { code, codeVerifier: pending.codeVerifier });
      await connection.store(tokens);
      return { wid: tokens.wid, domain, lane, expiresAt: tokens.expiresAt };
    },

    fetch: (input, init) => sessionFetch({ settings, connection }, input, init),
    refresh: () => connection.renewed(),
    revoke: () => connection.revoke(),
  };
}
