import createClient from 'openapi-fetch';
import { ApiProblem, readProblem } from './problem.js';
import type { paths } from './schema.js';
import { noteSignedOut } from './signed-out.js';

/** Typed by the server's own OpenAPI document; see schema.d.ts. */
export const api = createClient<paths>({ baseUrl: '' });

/** Of the session, as `GET /me` gave it: what changes anything carries it. It stays in memory. */
let csrfToken: string | undefined;

export function keepCsrfToken(token: string | null): void {
  csrfToken = token ?? undefined;
}

api.use({
  onRequest: ({ request }) => {
    // The language that was chosen here, which need not be the browser's: what the server writes is read here too.
    request.headers.set('accept-language', document.documentElement.lang);
    if (request.method !== 'GET' && csrfToken !== undefined) request.headers.set('x-csrf-token', csrfToken);
    return request;
  },
  onResponse: ({ response }) => noteSignedOut(response.status === 401),
  onError: () => new ApiProblem('unreachable', 0),
});

interface Answer<Data> {
  readonly data?: Data | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/** What was asked for. @throws ApiProblem where the API refused, or no answer came */
export async function taken<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  return (await takenWithTag(answer)).data;
}

export interface Tagged<Data> {
  readonly data: Data;
  /** For `If-Match`: a change is refused where somebody else was faster. */
  readonly etag: string;
}

/** The same, with the version that the answer is of. @throws ApiProblem */
export async function takenWithTag<Data>(answer: Promise<Answer<Data>>): Promise<Tagged<Data>> {
  const { data, error, response } = await answer;
  if (!response.ok) throw readProblem(error, response);
  return { data: data as Data, etag: response.headers.get('etag') ?? '*' };
}
