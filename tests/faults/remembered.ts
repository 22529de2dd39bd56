/** What the server acknowledged of one connection, and what was asked without hearing an answer. */
export interface Connection {
  readonly code: string;
  /** `sent`: the exchange was asked for, and the answer never came. */
  redemption: 'none' | 'sent' | 'acknowledged';
  accessToken: string;
  refreshToken: string;
  revocation: 'none' | 'sent' | 'acknowledged';
}

export function newConnection(code: string): Connection {
  return { code, redemption: 'none', accessToken: '', refreshToken: '', revocation: 'none' };
}
