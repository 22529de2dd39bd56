import { describe, expect, test } from 'vitest';
import { missing } from './external-walks.js';
import { Diary } from './walk.js';

const token = (letter: string): string => letter.repeat(40);

/** The whole flow; `change` spoils it. */
function written(
  change: { readonly without?: string; readonly last?: readonly [string, string] } = {},
): Diary {
  const diary = new Diary();
  const pairs = [['a', 'b'], ['c', 'd'], change.last ?? ['e', 'f']] as const;
  const [exchanged, first, second] = pairs.map(([access, refresh]) => () => {
    diary.tokens({ token_type: 'bearer', access_token: token(access), refresh_token: token(refresh) });
  });
  const steps: readonly (readonly [string, (() => void) | undefined])[] = [
    ['exchange', exchanged],
    ['call', () => diary.called(200)],
    ['refresh', first],
    ['second refresh', second],
    ['second call', () => diary.called(200)],
    ['revocation', () => diary.revoked()],
    ['call after the end', () => diary.called(401)],
    ['refresh after the end', () => diary.refused('invalid_grant')],
  ];
  for (const [name, step] of steps) if (name !== change.without) step?.();
  return diary;
}

describe('a client passes only with the whole flow', () => {
  test('which passes', () => expect(() => written().check('Bearer')).not.toThrow());

  test.each(['exchange', 'second refresh', 'revocation', 'call after the end', 'refresh after the end'])(
    'without the %s it fails',
    (without) => expect(() => written({ without }).check('Bearer')).toThrow(/instead of/),
  );

  test('with another token_type it fails', () =>
    expect(() => written().check('sessionID')).toThrow(/instead of/));

  test('with a refresh token that was there before it fails', () =>
    expect(() => written({ last: ['e', 'd'] }).check('Bearer')).toThrow(/there before/));
});

test('a toolchain is not run where something of it is missing, and only there', () => {
  const toolchain = { walks: [], version: () => '' };
  expect(missing({ ...toolchain, needs: [process.execPath, '/nowhere'] })).toBe('/nowhere');
  expect(missing({ ...toolchain, needs: [process.execPath] })).toBeUndefined();
});
