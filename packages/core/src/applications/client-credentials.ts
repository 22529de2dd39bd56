import { OAuthError } from '../errors/oauth-error.js';
import type { ParametersByName } from '../parameters.js';

/** Where a client may say who it is. */
export interface CredentialSources {
  /** The `Authorization` header as it came. */
  readonly authorization: string | undefined;
  readonly parameters: ParametersByName;
}

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
}

export interface ReadCredentials {
  readonly clientId: string;
  /** More than one reading of the same header: real clients send Basic raw or form-encoded. */
  readonly candidates: readonly ClientCredentials[];
}

/** @throws OAuthError `invalid_request` for two ways at once, `invalid_client` for none or a malformed one */
export function readClientCredentials({ authorization, parameters }: CredentialSources): ReadCredentials {
  const bodyId = parameters.get('client_id');
  const bodySecret = parameters.get('client_secret');
  const basic = authorization === undefined ? undefined : readBasic(authorization);
  if (basic === undefined) {
    if (bodyId === undefined) {
      throw new OAuthError('invalid_client', 'No client_id was sent: use HTTP Basic or the request body.', {
        check: 'client-id-present',
      });
    }
    return { clientId: bodyId, candidates: [{ clientId: bodyId, clientSecret: bodySecret }] };
  }
  // RFC 6749 §2.3: a client must not use more than one authentication method in a request.
  if (bodySecret !== undefined) {
    throw new OAuthError(
      'invalid_request',
      'The client authenticated twice: with HTTP Basic and in the body. Send one.',
      {
        check: 'one-client-authentication',
      },
    );
  }
  const candidates = basic.filter((candidate) => bodyId === undefined || candidate.clientId === bodyId);
  const [first] = candidates;
  if (first === undefined) {
    throw new OAuthError(
      'invalid_client',
      'client_id in the body is not the one in the Authorization header.',
      {
        check: 'client-id-agrees',
      },
    );
  }
  return { clientId: first.clientId, candidates };
}

/** RFC 7617; the scheme's case and the blanks around do not matter. Raw first, then form-decoded (RFC 6749 §2.3.1). */
function readBasic(header: string): readonly ClientCredentials[] {
  const encoded = /^ *basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(header)?.[1];
  const decoded = encoded === undefined ? undefined : decodeUtf8(Buffer.from(encoded, 'base64'));
  const colon = decoded?.indexOf(':') ?? -1;
  if (decoded === undefined || colon < 0) {
    throw new OAuthError(
      'invalid_client',
      'The Authorization header is not HTTP Basic: it must be "Basic " and base64 of client_id:client_secret.',
      { check: 'basic-well-formed' },
    );
  }
  const raw = { clientId: decoded.slice(0, colon), clientSecret: present(decoded.slice(colon + 1)) };
  const clientId = formDecode(decoded.slice(0, colon));
  const clientSecret = formDecode(decoded.slice(colon + 1));
  if (clientId === undefined || clientSecret === undefined) return [raw];
  const same = clientId === raw.clientId && present(clientSecret) === raw.clientSecret;
  return same ? [raw] : [raw, { clientId, clientSecret: present(clientSecret) }];
}

function present(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
