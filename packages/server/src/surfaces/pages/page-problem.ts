import { UnavailableError } from '@fluxo/core';
import type { ErrorProblem } from '@fluxo/ui';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BodyError } from '../../http/body.js';
import { isClientFault } from '../../http/build-app.js';
import { sendPage } from './send-page.js';

/** A fault that a person is told of on a page of ours. */
export class PageProblem extends Error {
  readonly problem: ErrorProblem;
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: ErrorProblem, status: number, retryAfterSeconds?: number) {
    super(problem.kind);
    this.name = 'PageProblem';
    this.problem = problem;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Decides what a person sees of a fault; the rest stays in the log. */
export function sendPageError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem, status, retryAfterSeconds } = toPageProblem(error);
  if (status < 500) request.observed.check = problem.kind;
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  else request.log.info({ refused: problem.kind, evidence: evidenceOf(problem) }, 'refused');
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  return sendPage({ kind: 'error', problem }, { request, reply }, { status });
}

function toPageProblem(error: unknown): PageProblem {
  if (error instanceof PageProblem) return error;
  if (error instanceof UnavailableError)
    return new PageProblem({ kind: 'unavailable' }, 503, error.retryAfterSeconds);
  if (error instanceof BodyError) return new PageProblem({ kind: 'bad-request' }, 400);
  if (isClientFault(error)) return new PageProblem({ kind: 'bad-request' }, error.statusCode);
  return new PageProblem({ kind: 'internal' }, 500);
}

/** What came may hold a secret that somebody pasted into the wrong place; where it differs doesn't. */
function evidenceOf(problem: ErrorProblem): object | undefined {
  if (problem.kind !== 'redirect-uri-mismatch') return undefined;
  const { hint, position } = problem.mismatch;
  return { hint, position };
}
