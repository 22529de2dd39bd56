import { FluxoError } from './errors.js';
import { ATTEMPT_MS } from './retry.js';
import type { Settings } from './settings.js';
import { isRedirect, WITHOUT_COOKIES } from './transport.js';

/** Who calls, and by what. */
export type Caller = Pick<Settings, 'clientId' | 'clientSecret' | 'fetch'>;

export interface Answer {
  readonly status: number;
  /** The JSON object answered; `undefined` when the body was none. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/**
 * One POST to the token or revocation endpoint, once.
 *
 * @throws FluxoError `unavailable` when there was no answer or none of substance, `request_refused` with the
 *   OAuth error (RFC 6749 §5.2), `invalid_response` for anything else that isn't a success.
 */
export async function postForm(
  settings: Caller,
  url: string,
  parameters: Record<string, string>,
): Promise<Answer> {
  const init = { ...authenticated(settings, parameters), signal: AbortSignal.timeout(ATTEMPT_MS) };
  let response: Response;
  let text: string;
  try {
    response = await settings.fetch(url, init);
    text = await response.text();
  } catch (cause) {
    throw new FluxoError('unavailable', 'Fluxo did not answer.', { cause });
  }
  return successOf(response, jsonObject(text));
}

/**
 * Form and HTTP Basic: the one way that RFC 6749 §2.3.1 obliges every server to take, and it keeps the
 * secret in the one header that every log leaves out. Without a secret `client_id` alone goes into the
 * form (§3.2.1), which is also a request that browsers send across origins without asking first.
 */
function authenticated(settings: Caller, parameters: Record<string, string>): RequestInit {
  const { clientId, clientSecret } = settings;
  const form = new URLSearchParams(parameters);
  const headers = new Headers({ accept: 'application/json' });
  if (clientSecret === undefined) form.set('client_id', clientId);
  else headers.set('authorization', `Basic ${btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`)}`);
  // Redirects aren't followed: the form has the token in it.
  return { method: 'POST', headers, body: form, redirect: 'manual', ...WITHOUT_COOKIES };
}

/** `application/x-www-form-urlencoded` for one value, as RFC 6749 §2.3.1 wants it inside Basic. */
function formEncoded(value: string): string {
  return new URLSearchParams({ '': value }).toString().slice(1);
}

function successOf(response: Response, body: Answer['body']): Answer {
  const { status } = response;
  if (response.ok) return { status, body };
  if (isRedirect(response)) {
    throw new FluxoError('invalid_response', 'The endpoint answered with a redirect.', { status });
  }
  // 408, 429 and every 5xx (a proxy's too) say nothing about the token, only that now is no good moment.
  if (status >= 500 || status === 429 || status === 408) {
    const retryAfterSeconds = retryAfter(response.headers.get('retry-after'));
    throw new FluxoError('unavailable', `Fluxo answered ${status}.`, { status, retryAfterSeconds });
  }
  const error = body?.['error'];
  if (typeof error !== 'string') {
    throw new FluxoError('invalid_response', `The endpoint answered ${status} and no OAuth error.`, {
      status,
    });
  }
  const description = body?.['error_description'];
  const errorDescription = typeof description === 'string' ? description : undefined;
  throw new FluxoError('request_refused', 'Fluxo refused the request.', { error, errorDescription, status });
}

function jsonObject(text: string): Answer['body'] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1_000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
