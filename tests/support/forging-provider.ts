import { createHash, createHmac, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Algorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA' | 'HS256' | 'none';
type Claims = Readonly<Record<string, unknown>>;

/** What the provider is to do otherwise than a good one. */
export interface Forgery {
  readonly alg?: Algorithm;
  /** Over the claims of a good ID token; undefined leaves one out. */
  readonly claims?: Claims;
  readonly userInfo?: Claims;
  /** Signed with a key that it doesn't publish, under the name of one that it does. */
  readonly foreignKey?: boolean;
  readonly breakSignature?: boolean;
  readonly token?: { readonly status: number; readonly body: string; readonly type?: string };
}

const PAIRS = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
};
const FOREIGN = generateKeyPairSync('rsa', { modulusLength: 2048 });

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID provider on loopback that says whatever a test wants it to say. */
export class ForgingProvider {
  readonly #server: Server;
  readonly clientId = 'fluxo';
  readonly clientSecret = randomBytes(16).toString('hex');
  /** The next answers; what an honest provider does is the default. */
  forgery: Forgery = {};
  /** Over what it says of itself. */
  metadata: Claims = {};
  /** Every request that came, by its path. */
  readonly asked: string[] = [];
  readonly #codes = new Map<
    string,
    { readonly nonce: string; readonly challenge: string; readonly sub: string }
  >();

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<ForgingProvider> {
    const provider = new ForgingProvider();
    await new Promise<void>((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The person signs in there: where their browser is sent with the answer. */
  approve(location: string, sub: string): URL {
    const asked = new URL(location).searchParams;
    const code = randomBytes(16).toString('hex');
    this.#codes.set(code, {
      nonce: asked.get('nonce') ?? '',
      challenge: asked.get('code_challenge') ?? '',
      sub,
    });
    const callback = new URL(asked.get('redirect_uri') ?? '');
    callback.search = new URLSearchParams({
      ...{ code, state: asked.get('state') ?? '', iss: this.issuer },
    }).toString();
    return callback;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? '';
    this.asked.push(path);
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const { token } = this.forgery;
    if (path === '/token' && token !== undefined) {
      response.writeHead(token.status, { 'content-type': token.type ?? 'application/json' }).end(token.body);
      return;
    }
    const body = this.#bodyOf(path, form, request.headers.authorization);
    response
      .writeHead(body === undefined ? 400 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(body ?? { error: 'invalid_grant' }));
  }

  #bodyOf(path: string, form: URLSearchParams, authorization: string | undefined): object | undefined {
    switch (path) {
      case '/.well-known/openid-configuration':
        return this.#discovery();
      case '/jwks':
        return { keys: Object.entries(PAIRS).map(([alg, { publicKey }]) => jwk(alg, publicKey)) };
      case '/userinfo':
        return { sub: 'unknown', ...this.forgery.userInfo };
      case '/token':
        return this.#redeem(form, authorization);
      default:
        return undefined;
    }
  }

  #discovery(): object {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256', 'none'],
      authorization_response_iss_parameter_supported: true,
      ...this.metadata,
    };
  }

  #redeem(form: URLSearchParams, authorization: string | undefined): object | undefined {
    const basic = `Basic ${Buffer.from(`${this.clientId}:${this.clientSecret}`).toString('base64')}`;
    const code = form.get('code') ?? '';
    const known = this.#codes.get(code);
    this.#codes.delete(code);
    const verifier = form.get('code_verifier') ?? '';
    const proven = createHash('sha256').update(verifier).digest('base64url') === known?.challenge;
    if (authorization !== basic || known === undefined || !proven) return undefined;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...{
        iss: this.issuer,
        aud: this.clientId,
        sub: known.sub,
        nonce: known.nonce,
        iat: now,
        exp: now + 60,
      },
      ...this.forgery.claims,
    };
    return { token_type: 'Bearer', access_token: 'at', id_token: this.#sign(claims), expires_in: 60 };
  }

  #sign(claims: Claims): string {
    const { alg = 'RS256', foreignKey = false, breakSignature = false } = this.forgery;
    const text = `${encode({ alg, kid: alg === 'HS256' || alg === 'none' ? 'RS256' : alg })}.${encode(claims)}`;
    const signature = signatureOf(text, alg, { foreignKey, secret: this.clientSecret });
    if (breakSignature) signature[0] = (signature[0] ?? 0) ^ 1;
    return `${text}.${signature.toString('base64url')}`;
  }
}

function jwk(alg: string, key: KeyObject): object {
  return { ...key.export({ format: 'jwk' }), alg, kid: alg, use: 'sig' };
}

function signatureOf(
  text: string,
  alg: Algorithm,
  { foreignKey, secret }: { readonly foreignKey: boolean; readonly secret: string },
): Buffer {
  const data = Buffer.from(text);
  if (alg === 'none') return Buffer.alloc(0);
  if (alg === 'HS256') return createHmac('sha256', secret).update(data).digest();
  const key = foreignKey ? FOREIGN.privateKey : PAIRS[alg].privateKey;
  if (alg === 'EdDSA') return sign(null, data, key);
  if (alg === 'ES256') return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
  // RFC 7518 §3.5: RSASSA-PSS, the salt as long as the hash.
  return sign('sha256', data, alg === 'PS256' ? { key, padding: 6, saltLength: 32 } : key);
}
