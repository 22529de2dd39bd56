/** What a client is told, and its way to a person's browser. */
export interface Connection {
  readonly origin: string;
  readonly endpoints: Readonly<Record<'authorize' | 'token' | 'revoke', string>>;
  /** An address of the API, to be read with the token. */
  readonly api: string;
  readonly clientId: string;
  /** Undefined for a `spa`. */
  readonly clientSecret: string | undefined;
  readonly redirectUri: string;
  readonly diary: Diary;
  /** A person opens the address, signs in and allows. @returns where their browser is sent then */
  readonly visit: (authorizationUrl: string | URL) => Promise<URL>;
}

export const APPLICATIONS = ['web', 'bearer', 'spa'] as const;
/** `web` and `spa` as registered without more, `bearer`: a `web` whose token_type setting is Bearer. All rotate. */
export type Application = (typeof APPLICATIONS)[number];
export type Family = 'dialect' | 'standard';

/** One client, used in one way. */
export interface Walk {
  readonly client: string;
  readonly application: Application;
  readonly family: Family;
  /** What is particular about this way: how it finds the endpoints, how it authenticates. */
  readonly how: string;
  readonly run: (connection: Connection) => Promise<void>;
}

/** What a token answer became in the client's hands: libraries type its fields loosely. */
interface SeenTokens {
  readonly token_type?: unknown;
  readonly access_token?: unknown;
  readonly refresh_token?: unknown;
}

/** What happened, as the client itself saw it. */
export class Diary {
  readonly steps: string[] = [];
  readonly #tokens: string[] = [];

  /** After the exchange and after each refresh. */
  tokens({ token_type, access_token, refresh_token }: SeenTokens): void {
    // RFC 6749 §5.1: token_type is case insensitive, and some libraries lower it.
    this.steps.push(`tokens ${String(token_type).toLowerCase()}`);
    this.#tokens.push(String(access_token), String(refresh_token));
  }

  called(status: number): void {
    this.steps.push(`called ${status}`);
  }

  revoked(): void {
    this.steps.push('revoked');
  }

  /** A refresh after the end. */
  refused(error: unknown): void {
    this.steps.push(`refused ${String(error)}`);
  }

  /** @throws unless the client saw the whole flow, and at each refresh a new pair of tokens */
  check(tokenType: 'Bearer' | 'sessionID'): void {
    const tokens = `tokens ${tokenType.toLowerCase()}`;
    const before = [tokens, 'called 200', tokens, tokens, 'called 200'];
    const expected = [...before, 'revoked', 'called 401', 'refused invalid_grant'].join('\n');
    const seen = this.steps.join('\n');
    if (seen !== expected) throw new Error(`The client saw\n${seen}\ninstead of\n${expected}`);
    if (this.#tokens.some((token) => !/^[A-Za-z0-9]{32,}$/.test(token))) {
      throw new Error('What the client holds are not our tokens.');
    }
    if (new Set(this.#tokens).size !== 6) throw new Error('A refresh gave a token that was there before.');
  }
}
