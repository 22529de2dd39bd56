import type { Connection } from './connection.js';
import { FluxoError } from './errors.js';
import type { Settings } from './settings.js';
import type { Tokens } from './token-store.js';
import { isRedirect, WITHOUT_COOKIES } from './transport.js';

interface SessionRequest {
  readonly input: URL | Request;
  readonly init: RequestInit;
  /** May be sent a second time: its body, if any, is still there after the first. */
  readonly repeatable: boolean;
  readonly showRedirects: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Sends one API request with the session, and once more if the session turned out to be over. */
export async function sessionFetch(
  context: { readonly settings: Settings; readonly connection: Connection },
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<Response> {
  const { settings, connection } = context;
  const request = sessionRequest(settings.origin, input, init);
  const tokens = await unlessAborted(connection.live(), request.signal);
  const response = await send(settings, request, tokens);
  if (response.status !== 401) return response;

  // A session also ends by disuse or by an administrator: `expires_in` couldn't tell, 401 does. It is renewed
  // even where this request can't be sent again, so that the caller's own repetition succeeds.
  const renewed = await unlessAborted(connection.renew(tokens), request.signal);
  if (!request.repeatable) return response;
  await response.body?.cancel();
  return send(settings, request, renewed);
}

function sessionRequest(origin: string, input: string | URL | Request, init: RequestInit): SessionRequest {
  const given = input instanceof Request ? input : undefined;
  const url = new URL(input instanceof Request ? input.url : input, origin);
  // The session is the person: no link in an answer, no `//host`, no other tenant may get it.
  if (url.origin !== origin) {
    throw new FluxoError('foreign_origin', 'The session is sent to its own origin only.');
  }
  return {
    input: given ?? url,
    init: { ...init, headers: new Headers(init.headers ?? given?.headers) },
    repeatable: init.body === undefined ? !given?.body : isRepeatable(init.body),
    showRedirects: (init.redirect ?? given?.redirect) === 'manual',
    signal: init.signal ?? given?.signal,
  };
}

async function send(settings: Settings, request: SessionRequest, tokens: Tokens): Promise<Response> {
  const headers = new Headers(request.init.headers);
  headers.set('sessionID', tokens.accessToken);
  // Two sessions that differ are refused, and this one is meant.
  headers.delete('authorization');
  // `manual`, always: on a redirect, fetch takes headers of our own along to whatever host is named there.
  const response = await settings.fetch(request.input, {
    ...request.init,
    headers,
    redirect: 'manual',
    ...WITHOUT_COOKIES,
  });
  if (!isRedirect(response) || request.showRedirects) return response;
  await response.body?.cancel();
  const { status } = response;
  throw new FluxoError('redirect_refused', 'The answer is a redirect; sessions do not follow them.', {
    status,
  });
}

/** Streams are gone once read; everything else can be sent again. */
function isRepeatable(body: RequestInit['body']): boolean {
  return (
    body === undefined ||
    body === null ||
    typeof body === 'string' ||
    body instanceof URLSearchParams ||
    body instanceof FormData ||
    body instanceof Blob ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body)
  );
}

/** A caller that gives up stops waiting; the refresh goes on for all the others. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
