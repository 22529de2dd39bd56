import type { ProviderFailure, ProviderFailureReason } from '@fluxo/core';
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { ProviderUnreachable } from '../safe-fetch.js';

/** Codes of openid-client for answers that no provider gives. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
]);
/** RFC 6749 §5.2: these are about us, not about the person. */
const ABOUT_US: ReadonlySet<string> = new Set([
  'invalid_client',
  'unauthorized_client',
  'invalid_scope',
  'unsupported_grant_type',
  'unsupported_response_type',
]);
const MAX_DETAIL_CHARACTERS = 300;

/** Whatever a provider does wrong is a failed sign-in, and never more than that. */
export function toFailure(error: unknown): { readonly kind: 'failed' } & ProviderFailure {
  return { kind: 'failed', reason: reasonOf(error), detail: detailOf(error).slice(0, MAX_DETAIL_CHARACTERS) };
}

function reasonOf(error: unknown): ProviderFailureReason {
  if (error instanceof AuthorizationResponseError) {
    return ABOUT_US.has(error.error) ? 'misconfigured' : 'refused';
  }
  if (error instanceof ResponseBodyError) return ABOUT_US.has(error.error) ? 'misconfigured' : 'refused';
  if (unreachableIn(error) !== undefined) return 'unreachable';
  return error instanceof ClientError && UNREACHABLE.has(error.code ?? '') ? 'unreachable' : 'invalid';
}

function detailOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return [error.error, error.error_description].filter((part) => part !== undefined).join(': ');
  }
  const unreachable = unreachableIn(error);
  if (unreachable !== undefined) return unreachable.message;
  if (!(error instanceof Error)) return 'unknown';
  const cause =
    error.cause instanceof Error && error.cause.message !== error.message ? error.cause.message : '';
  return cause === '' ? error.message : `${error.message}: ${cause}`;
}

function unreachableIn(error: unknown): ProviderUnreachable | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof ProviderUnreachable) return at;
  }
  return undefined;
}
