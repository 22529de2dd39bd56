import type { FieldFault, Schemas } from './types.js';

/** A refusal of the API (RFC 9457), with the fields that are at fault. */
export class ApiProblem extends Error {
  /** 0 where no answer came. */
  readonly status: number;
  /** The last part of `type`, for example `conflict`; `unreachable` and `unreadable` where the API said nothing. */
  override readonly name: string;
  readonly requestId: string | undefined;
  readonly errors: readonly FieldFault[];

  constructor(name: string, status: number, problem?: Partial<Schemas['Problem']>) {
    super(problem?.detail ?? '');
    this.name = name;
    this.status = status;
    this.requestId = problem?.request_id;
    this.errors = problem?.errors ?? [];
  }
}

const PREFIX = 'urn:fluxo:problem:';

/** What the API answered instead of what was asked for. */
export function readProblem(body: unknown, { status }: Response): ApiProblem {
  if (typeof body !== 'object' || body === null || !('type' in body))
    return new ApiProblem('unreadable', status);
  const problem = body as Partial<Schemas['Problem']>;
  const type = problem.type ?? '';
  return new ApiProblem(type.startsWith(PREFIX) ? type.slice(PREFIX.length) : 'unreadable', status, problem);
}

export const isProblem = (error: unknown, name: string): error is ApiProblem =>
  error instanceof ApiProblem && error.name === name;

/** What was seen here is no longer what is stored. */
export const isStale = (error: unknown): boolean =>
  isProblem(error, 'precondition-failed') || isProblem(error, 'not-found');
