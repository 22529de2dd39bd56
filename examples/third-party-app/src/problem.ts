import { FluxoError } from '@fluxo/client';

/** Something to tell a person: what happened, what it means for them, what they can do. */
export interface Problem {
  readonly kind: string;
  readonly status: number;
  readonly title: string;
  readonly text: string;
  readonly action: { readonly label: string; readonly href: string };
  /** For the one who is asked for help. */
  readonly detail?: string | undefined;
}

/** The API answered, but not with what was asked for. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
}

const CONNECT = { label: 'Connect', href: '/connect' };
const TRY_AGAIN = { label: 'Try again', href: '/projects' };
const HOME = { label: 'Back to the start', href: '/' };

export const PROBLEMS = {
  cancelled: {
    kind: 'access_denied',
    status: 403,
    title: 'You didn’t allow access',
    text: 'That is fine: Lapis got nothing and kept nothing. Without access it has no projects to show.',
    action: CONNECT,
  },
  ended: {
    kind: 'connection_ended',
    status: 403,
    title: 'Your connection ended',
    text: 'It was taken back in Fluxo, or its time ran out. Nothing in your organization is lost. Connect again to go on.',
    action: CONNECT,
  },
  unreachable: {
    kind: 'unavailable',
    status: 503,
    title: 'Fluxo can’t be reached right now',
    text: 'Your connection still stands, as far as Lapis knows. Try again in a moment.',
    action: TRY_AGAIN,
  },
  notAsked: {
    kind: 'state_mismatch',
    status: 400,
    title: 'This answer doesn’t belong to your visit',
    text: 'It was opened twice, took too long, or was meant for another browser. For your safety Lapis didn’t use it.',
    action: CONNECT,
  },
  refused: {
    kind: 'refused',
    status: 502,
    title: 'Fluxo refused the connection',
    text: 'Connecting again may help. If it doesn’t, ask whoever set up Lapis: its registration may have changed.',
    action: CONNECT,
  },
  api: {
    kind: 'api_error',
    status: 502,
    title: 'Your projects didn’t come through',
    text: 'You are still connected, but Fluxo’s answer was not a list of projects.',
    action: TRY_AGAIN,
  },
  foreign: {
    kind: 'cross_site',
    status: 403,
    title: 'This didn’t come from a Lapis page',
    text: 'Another site tried to do this in your name. Nothing was changed.',
    action: HOME,
  },
  notFound: {
    kind: 'not_found',
    status: 404,
    title: 'There is no such page',
    text: 'The address may be mistyped.',
    action: HOME,
  },
  unexpected: {
    kind: 'unexpected',
    status: 500,
    title: 'Something broke in Lapis',
    text: 'It isn’t your doing. The log of the program says more.',
    action: HOME,
  },
} as const satisfies Record<string, Problem>;

export function problemOf(error: unknown): Problem {
  if (error instanceof FluxoError) return fluxoProblem(error);
  if (error instanceof ApiError) return { ...PROBLEMS.api, detail: error.message };
  // What fetch itself throws for an API call: no connection, or no answer in time.
  if (error instanceof TypeError && error.message === 'fetch failed') return PROBLEMS.unreachable;
  if (error instanceof DOMException && error.name === 'TimeoutError') return PROBLEMS.unreachable;
  return PROBLEMS.unexpected;
}

function fluxoProblem(error: FluxoError): Problem {
  switch (error.code) {
    case 'not_connected':
    case 'connection_ended':
      return PROBLEMS.ended;
    case 'unavailable':
      return PROBLEMS.unreachable;
    case 'state_mismatch':
    case 'issuer_mismatch':
    case 'invalid_callback':
      return PROBLEMS.notAsked;
    default: {
      if (error.error === 'access_denied') return PROBLEMS.cancelled;
      const detail = [error.error ?? error.code, error.errorDescription].filter(Boolean).join(': ');
      return { ...PROBLEMS.refused, detail };
    }
  }
}
