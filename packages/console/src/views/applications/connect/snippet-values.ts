import type { MessageKey } from '../../../text/english.js';

/** What a snippet is made of: the application's real values. */
export interface SnippetValues {
  readonly origin: string;
  readonly clientId: string;
  readonly kind: 'web' | 'spa' | 'machine';
  readonly name: string;
  /** Undefined once it was stored: then a place is left for it. */
  readonly clientSecret: string | undefined;
  /** Undefined while none is registered. */
  readonly redirectUrl: string | undefined;
  /** The issuer of a machine's JWTs. */
  readonly environmentId: string;
  /** Whom a machine's key acts for: who registered it. */
  readonly wid: string;
}

export interface Snippet {
  readonly id: string;
  readonly label: MessageKey;
  readonly help?: MessageKey;
  readonly code: string;
}

const SECRET_PLACE = 'YOUR_CLIENT_SECRET';
export const secretOf = ({ clientSecret }: SnippetValues): string => clientSecret ?? SECRET_PLACE;
export const redirectOf = ({ redirectUrl }: SnippetValues): string =>
  redirectUrl ?? 'https://YOUR_REDIRECT_URL';
