import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { publicKeyPem } from './application-key.js';
import { readPublicKey } from './read-public-key.js';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PEM = publicKey.export({ format: 'pem', type: 'spki' }).toString();

describe('a public key', () => {
  it('has one fingerprint, in whatever form it was pasted', () => {
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const point = Buffer.from(x, 'base64url');
    const sign = (Buffer.from(y, 'base64url').at(-1) ?? 0) & 1;
    // SubjectPublicKeyInfo of P-256 with the point compressed (RFC 5480 §2.2).
    const head = Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex');
    const compressed = Buffer.concat([head, Buffer.from([2 + sign]), point]);
    const pem = `-----BEGIN PUBLIC KEY-----\n${compressed.toString('base64')}\n-----END PUBLIC KEY-----`;
    const forms = [
      PEM,
      `\r\n${PEM.replaceAll('\n', '\r\n')}  `,
      JSON.stringify({ kty: 'EC', crv: 'P-256', x, y }),
      pem,
    ];
    expect(new Set(forms.map((form) => readPublicKey(form, 0).fingerprint)).size).toBe(1);
    expect(readPublicKey(PEM, 0).fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('can be shown again as it was registered', () => {
    expect(publicKeyPem(readPublicKey(PEM, 0))).toBe(PEM);
  });

  it('an RSA key is one for RS256, and may come as PKCS#1', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const pkcs1 = rsa.export({ format: 'pem', type: 'pkcs1' }).toString();
    const read = readPublicKey(pkcs1, 0);
    expect(read.algorithm).toBe('RS256');
    expect(createPublicKey(publicKeyPem(read)).equals(rsa)).toBe(true);
  });

  it('of 8192 bits is the longest that is taken', () => {
    const bits = (length: number): string => {
      const modulus = Buffer.alloc(length / 8, 0xff);
      return JSON.stringify({ kty: 'RSA', e: 'AQAB', n: modulus.toString('base64url') });
    };
    expect(readPublicKey(bits(8192), 0).algorithm).toBe('RS256');
    expect(() => readPublicKey(bits(8200), 0)).toThrow('8192 at most');
  });
});
