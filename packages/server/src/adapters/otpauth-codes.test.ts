import { describe, expect, it } from 'vitest';
import { otpauthCodes } from './otpauth-codes.js';

/** RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
const SEED = Buffer.from('12345678901234567890');
const VECTORS = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
] as const;

describe('one-time codes', () => {
  it.each(VECTORS)('are those of RFC 6238 at second %i', (second, code) => {
    expect(otpauthCodes.stepOf(SEED, code, second * 1000)).toBe(Math.floor(second / 30));
  });

  it('are taken one step early and one late, and say which step they are of', () => {
    const step = Math.floor(1_234_567_890 / 30);
    const at = (steps: number): number | undefined =>
      otpauthCodes.stepOf(SEED, '005924', (1_234_567_890 + steps * 30) * 1000);
    expect([at(-1), at(0), at(1)]).toEqual([step, step, step]);
    expect([at(-2), at(2)]).toEqual([undefined, undefined]);
  });

  it.each(['', '00592', '0059244', 'abcdef', '-05924'])('%j is none', (code) => {
    expect(otpauthCodes.stepOf(SEED, code, 1_234_567_890_000)).toBeUndefined();
  });

  it('read only their own bytes of a larger buffer', () => {
    const part = Buffer.concat([Buffer.alloc(7, 1), SEED, Buffer.alloc(7, 1)]).subarray(7, 27);
    expect(otpauthCodes.stepOf(part, '287082', 59_000)).toBe(1);
  });

  it('an app gets issuer, account and seed, whatever letters they have', () => {
    const uri = new URL(otpauthCodes.uriOf(SEED, { issuer: 'Ação & Co', username: 'ana@acme.example' }));
    expect(uri.protocol).toBe('otpauth:');
    expect(decodeURIComponent(uri.pathname)).toContain('Ação & Co:ana@acme.example');
    expect(uri.searchParams.get('issuer')).toBe('Ação & Co');
    expect(uri.searchParams.get('secret')).toBe(otpauthCodes.textOf(SEED));
  });
});
