import type { Environment } from '../environments/environment.js';
import { OAuthError, type Evidence } from '../errors/oauth-error.js';
import { parseId, type ClientId } from '../ids.js';
import { lastCharactersOf } from '../tokens/application-secret.js';
import { digestOf, equalDigests } from '../tokens/digest.js';
import type { Usage } from '../usage/usage.js';
import type { Application, ApplicationCredentials, ApplicationSecretDigest } from './application.js';
import type { ApplicationStore } from './application-store.js';
import {
  readClientCredentials,
  type ClientCredentials,
  type CredentialSources,
} from './client-credentials.js';

export interface AuthenticationContext {
  readonly environment: Pick<Environment, 'id'>;
  readonly applications: ApplicationStore;
  readonly usage: Usage;
  readonly now: number;
}

/** One text for an unknown client and a wrong secret: which of the two, only the log knows. */
const REFUSED =
  'The client could not be authenticated: client_id or client_secret is wrong, or belongs to another address (each organization and test copy has its own).';

/** Said of what was sent alone, whether or not anybody has that name, so that it tells a guesser nothing. */
const SURROUNDED =
  'The client could not be authenticated: client_id or client_secret contains white space. Both are letters and digits only; look for a blank or line break copied along.';

/**
 * Proves which application is calling (RFC 6749 §2.3). A disabled application is proven like any
 * other; what it may do is decided afterwards, as `invalid_grant`.
 * @throws OAuthError `invalid_client`, `invalid_request`
 */
export async function authenticateApplication(
  sources: CredentialSources,
  context: AuthenticationContext,
): Promise<Application> {
  const { clientId, candidates } = readClientCredentials(sources);
  let refusal: Evidence = { check: 'client-known' };
  for (const candidate of candidates) {
    const id = parseId<ClientId>(candidate.clientId);
    const found = id === undefined ? undefined : await context.applications.findCredentials(id);
    const outcome = tryCandidate(candidate, found, context);
    if ('application' in outcome) return outcome.application;
    refusal = outcome;
  }
  // Only what can be an identifier is told: a secret in its place must not end up in a log.
  const received = refusal.received ?? parseId<ClientId>(clientId);
  throw clientRefused(candidates, { ...refusal, ...(received === undefined ? {} : { received }) });
}

/** The refusal of credentials that prove nobody; the evidence has no part in what outsiders read. */
export function clientRefused(candidates: readonly ClientCredentials[], evidence: Evidence): OAuthError {
  const spaced = candidates.every(({ clientId, clientSecret = '' }) => /\s/.test(clientId + clientSecret));
  return new OAuthError('invalid_client', spaced ? SURROUNDED : REFUSED, evidence);
}

function tryCandidate(
  candidate: ClientCredentials,
  found: ApplicationCredentials | undefined,
  context: AuthenticationContext,
): { application: Application } | Evidence {
  if (found === undefined) return { check: 'client-known' };
  const { application, secrets } = found;
  if (application.kind === 'spa') {
    return candidate.clientSecret === undefined
      ? { application }
      : { check: 'public-client-has-no-secret', received: application.clientId };
  }
  if (candidate.clientSecret === undefined)
    return { check: 'client-secret-present', received: application.clientId };
  const secret = matchingSecret(candidate.clientSecret, secrets);
  if (secret === undefined) return explainWrongSecret(candidate.clientSecret, secrets);
  context.usage.secretUsed(secret.id, { environmentId: context.environment.id, at: context.now });
  return { application };
}

/** Looks at every live secret, whichever matches: the time taken must not tell which one did. */
function matchingSecret(
  presented: string,
  secrets: readonly ApplicationSecretDigest[],
): ApplicationSecretDigest | undefined {
  const digest = digestOf(presented);
  let match: ApplicationSecretDigest | undefined;
  for (const secret of secrets) {
    if (secret.deletedAt === null && equalDigests(secret.digest, digest)) match = secret;
  }
  return match;
}

function explainWrongSecret(presented: string, secrets: readonly ApplicationSecretDigest[]): Evidence {
  const ending = lastCharactersOf(presented);
  const deleted = secrets.find((secret) => secret.deletedAt !== null && secret.lastCharacters === ending);
  return deleted === undefined
    ? { check: 'client-secret' }
    : { check: 'client-secret-deleted', received: `a secret ending in ${ending}, deleted` };
}
