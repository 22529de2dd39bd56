import type { SessionAnswer, TokenAnswer } from '@fluxo/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeTokens } from './write-tokens.js';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from('aZ09_-./:%~"\\\n é😀')) }),
);
const type = fc.constantFrom('sessionID' as const, 'Bearer' as const);

it('tokens are written as JSON would write them, whatever they are', () => {
  const session = fc.record({ token_type: type, access_token: text, expires_in: fc.nat(), wid: text });
  const tokens = fc
    .tuple(session, text)
    .map(([{ token_type, access_token, ...rest }, refresh_token]): TokenAnswer => ({
      ...{ token_type, access_token, refresh_token },
      ...rest,
    }));
  fc.assert(
    fc.property(fc.oneof(session, tokens), (answer: SessionAnswer | TokenAnswer) => {
      expect(writeTokens(answer)).toBe(JSON.stringify(answer));
    }),
  );
});
