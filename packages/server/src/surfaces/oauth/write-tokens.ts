import type { SessionAnswer, TokenAnswer } from '@fluxo/core';
import { quote } from '../../http/quote.js';

/** As JSON.stringify would write it, in half of the time: its members are known, and hardly any needs an escape. */
export function writeTokens(answer: SessionAnswer | TokenAnswer): string {
  const refresh = 'refresh_token' in answer ? `,"refresh_token":${quote(answer.refresh_token)}` : '';
  return (
    `{"token_type":"${answer.token_type}","access_token":${quote(answer.access_token)}${refresh}` +
    `,"expires_in":${answer.expires_in},"wid":${quote(answer.wid)}}`
  );
}
