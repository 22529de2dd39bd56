import {
  ConflictError,
  InputError,
  NotFoundError,
  RedirectUrlError,
  StaleRevisionError,
  UnavailableError,
  type RedirectUrlRefusal,
  type RedirectUrlValues,
} from '@fluxo/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BodyError } from '../../http/body.js';
import { isClientFault } from '../../http/build-app.js';
import { fieldOf } from './field-names.js';
import { faultsOf, isValidationFault } from './validation.js';

/** What an administrator's program is told of a fault (RFC 9457); its name is stable, its detail is for people. */
const PROBLEMS = {
  'invalid-input': [400, 'The request can’t be taken as it is'],
  'not-signed-in': [401, 'Nobody is signed in'],
  'not-allowed': [403, 'This session may not do that'],
  'request-refused': [403, 'The request does not prove where it comes from'],
  'not-found': [404, 'There is nothing of that name'],
  'method-not-allowed': [405, 'Not with this method'],
  conflict: [409, 'Something stands against it'],
  'precondition-failed': [412, 'It was changed meanwhile'],
  'too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'Not in this form'],
  'precondition-required': [428, 'It is not said what the change was made of'],
  'too-many-requests': [429, 'Too many requests'],
  internal: [500, 'Something went wrong on our side'],
  unavailable: [503, 'The server is busy'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>;

export type ProblemName = keyof typeof PROBLEMS;

export interface FieldFault {
  readonly field: string;
  readonly detail: string;
  /** What the console says in the reader's language; other faults are told in English only. */
  readonly reason?: RedirectUrlRefusal;
  readonly values?: RedirectUrlValues;
}

export class AdminProblem extends Error {
  readonly problem: ProblemName;
  readonly faults: readonly FieldFault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    problem: ProblemName,
    detail: string,
    more: {
      readonly faults?: readonly FieldFault[];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail);
    this.name = 'AdminProblem';
    this.problem = problem;
    this.faults = more.faults ?? [];
    this.headers = more.headers ?? {};
  }
}

/** Decides what outsiders see of a fault; the rest stays in the log. */
export function sendAdminProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem, message, faults, headers } = toProblem(error);
  const [status, title] = PROBLEMS[problem];
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  else {
    request.observed.check = problem;
    request.log.info({ refused: problem }, 'refused');
  }
  // As bytes: the schema of the route's answer is not that of a fault.
  const body = {
    ...{ type: `urn:fluxo:problem:${problem}`, title, status, detail: message, request_id: request.id },
    ...(faults.length === 0 ? {} : { errors: faults }),
  };
  return reply
    .code(status)
    .headers(headers)
    .type('application/problem+json')
    .serializer((text: unknown) => text as string)
    .send(JSON.stringify(body));
}

/** What reaches no route, because its address can't be read: here too in our own words. */
export function answerUnreadable(
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | undefined {
  return request.url.startsWith('/api/v1/') ? sendAdminProblem(error, request, reply) : undefined;
}

function toProblem(error: unknown): AdminProblem {
  if (error instanceof AdminProblem) return error;
  if (error instanceof UnavailableError) {
    return new AdminProblem('unavailable', 'The server is busy; try again.', {
      headers: { 'retry-after': String(error.retryAfterSeconds) },
    });
  }
  if (error instanceof InputError) return fromInputError(error);
  if (isValidationFault(error)) return fromFaults(faultsOf(error));
  if (error instanceof BodyError) return new AdminProblem('invalid-input', error.message);
  if (isClientFault(error)) return fromClientFault(error.statusCode);
  return new AdminProblem(
    'internal',
    'Something went wrong on our side; the log knows more by the request_id.',
  );
}

function fromInputError(error: InputError): AdminProblem {
  if (error instanceof NotFoundError) return new AdminProblem('not-found', error.message);
  if (error instanceof StaleRevisionError) return new AdminProblem('precondition-failed', error.message);
  const { message: detail } = error;
  const why = error instanceof RedirectUrlError ? { reason: error.reason, values: error.values } : {};
  const faults = [{ field: fieldOf(error.field), detail, ...why }];
  return new AdminProblem(error instanceof ConflictError ? 'conflict' : 'invalid-input', detail, {
    faults,
  });
}

function fromFaults(faults: readonly FieldFault[]): AdminProblem {
  const [first] = faults;
  const detail = first === undefined ? 'The request can’t be taken.' : `${first.field}: ${first.detail}`;
  return new AdminProblem('invalid-input', detail, { faults });
}

function fromClientFault(statusCode: number): AdminProblem {
  if (statusCode === 413) return new AdminProblem('too-large', 'The body is larger than this address takes.');
  if (statusCode === 415) {
    return new AdminProblem('unsupported-media-type', 'Send the body in the form that the document names.');
  }
  return new AdminProblem('invalid-input', 'The request could not be read.');
}
