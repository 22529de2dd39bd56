import { describe, expect, test } from 'vitest';
import { readAnswer, type TryValues } from './exchange.js';

const values: TryValues = {
  origin: 'https://acme.my.example.com',
  clientId: '0123456789abcdef0123456789abcdef',
  redirectUri: 'https://planner.example/callback',
  family: 'dialect',
};
const attempt = { state: 'mine', codeVerifier: 'verifier', codeChallenge: 'challenge' };
const read = (address: string) => readAnswer(address, values, attempt);

describe('an address that came back', () => {
  test('gives its code when it belongs to this attempt', () => {
    expect(read(' https://planner.example/callback?code=abc&state=mine \n')).toEqual({
      kind: 'code',
      code: 'abc',
    });
  });

  test.each([
    ['callback?code=abc', 'not-a-url'],
    ['https://elsewhere.example/callback?code=abc&state=mine', 'other-url'],
    ['https://planner.example/callback?code=abc&state=theirs', 'other-state'],
    ['https://planner.example/callback?code=abc', 'other-state'],
    ['https://planner.example/callback?error=access_denied&state=theirs', 'other-state'],
    ['https://planner.example/callback?state=mine', 'no-code'],
  ])('is refused as an application must refuse it: %s', (address, kind) => {
    expect(read(address).kind).toBe(kind);
  });

  test('says why access was not given', () => {
    expect(read('https://planner.example/callback?error=access_denied&state=mine')).toEqual({
      kind: 'refused',
      error: 'access_denied',
      description: null,
    });
  });
});
