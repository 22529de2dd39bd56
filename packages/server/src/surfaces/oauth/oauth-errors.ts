import { OAuthError, UnavailableError, type EndpointFamily } from '@fluxo/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BodyError } from '../../http/body.js';
import { isClientFault } from '../../http/build-app.js';

interface PublicError {
  readonly status: number;
  readonly code: string;
  readonly description: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Where HTTP knows it better than OAuth does. */
  readonly status?: number;
}

/** Decides what an application hears of a fault (RFC 6749 §5.2); the rest stays in the log. */
export function sendOAuthError(
  error: unknown,
  family: EndpointFamily,
  { request, reply, status: given }: Exchange,
): FastifyReply {
  const { status, code, description, headers } = toPublicError(error, request);
  noteRefusal(request, error, code);
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  else
    request.log.info(
      { refused: code, evidence: error instanceof OAuthError ? error.evidence : undefined },
      'refused',
    );
  return reply
    .code(given ?? status)
    .headers(headers ?? {})
    .type('application/json; charset=utf-8')
    .send({
      error: code,
      error_description: description,
      // The dialect's clients read `message`.
      ...(family === 'dialect' ? { message: description } : {}),
      request_id: request.id,
    });
}

function noteRefusal({ observed }: FastifyRequest, error: unknown, code: string): void {
  const check = error instanceof OAuthError ? error.evidence?.check : undefined;
  if (code !== 'server_error' && code !== 'temporarily_unavailable') observed.check = check ?? 'readable';
  if (observed.tokenRequest !== undefined) observed.tokenRequest.outcome = code;
}

function toPublicError(error: unknown, request: FastifyRequest): PublicError {
  if (error instanceof OAuthError) return fromOAuthError(error, request);
  if (error instanceof BodyError) return { status: 400, code: 'invalid_request', description: error.message };
  if (error instanceof UnavailableError) {
    const headers = { 'retry-after': String(error.retryAfterSeconds) };
    return {
      status: 503,
      code: 'temporarily_unavailable',
      description: 'The server is busy; try again.',
      headers,
    };
  }
  if (isClientFault(error)) {
    const description =
      error.statusCode === 413 ? 'The body is larger than 16 KiB.' : 'The request could not be read.';
    return { status: 400, code: 'invalid_request', description };
  }
  return { status: 500, code: 'server_error', description: 'Something went wrong on our side.' };
}

function fromOAuthError(error: OAuthError, request: FastifyRequest): PublicError {
  const { code, description } = error;
  if (code !== 'invalid_client') return { status: 400, code, description };
  // RFC 6749 §5.2: the challenge answers a client that tried the Authorization header.
  const tried = request.headers.authorization !== undefined;
  return {
    status: 401,
    code,
    description,
    ...(tried ? { headers: { 'www-authenticate': 'Basic realm="Fluxo"' } } : {}),
  };
}
