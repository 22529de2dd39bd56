import { InputError } from '../errors/oauth-error.js';

/** Why redirect URLs are refused. The names are stable: programs tell them apart, the console translates them. */
export const REDIRECT_URL_REFUSALS = [
  'missing',
  'too-many',
  'of-machine',
  'too-long',
  'not-ascii',
  'wildcard',
  'backslash',
  'fragment',
  'not-absolute',
  'credentials',
  'http',
  'scheme',
  'private-use-scheme',
  'not-normal',
  'answer-parameter',
  'own-host',
] as const;

export type RedirectUrlRefusal = (typeof REDIRECT_URL_REFUSALS)[number];

/** What a sentence about the refusal needs. */
export interface RedirectUrlValues {
  /** The refused URL, or its beginning. */
  readonly url?: string;
  /** Of not-normal: what to write instead. */
  readonly normal?: string;
  /** Of answer-parameter: the name in the query. */
  readonly parameter?: string;
  /** Of scheme and private-use-scheme, with its colon. */
  readonly scheme?: string;
  /** Of too-long and too-many: how much would be taken. */
  readonly most?: number;
}

/** The message says it in English; reason and values let others say the same in another language. */
export class RedirectUrlError extends InputError {
  readonly reason: RedirectUrlRefusal;
  readonly values: RedirectUrlValues;

  /** @param values with `place`: which of several it is, from 0; then the field is `redirectUrl.<place>` */
  constructor(
    reason: RedirectUrlRefusal,
    message: string,
    { place, ...values }: RedirectUrlValues & { readonly place?: number | undefined } = {},
  ) {
    super(place === undefined ? 'redirectUrl' : `redirectUrl.${place}`, message);
    this.name = 'RedirectUrlError';
    this.reason = reason;
    this.values = values;
  }
}
