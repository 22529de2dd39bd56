import { describe, expect, it } from 'vitest';
import { systemRandom } from '../essentials.js';
import { KeyRing } from './key-ring.js';
import { openSecret, sealSecret } from './sealed-secret.js';

const [older, newer] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const use = { purpose: 'identity-provider-secret', owner: Buffer.from('acme/provider') } as const;
const open = (...of: Parameters<typeof openSecret>) => openSecret(...of)?.toString('utf8');
const seal = (keyRing: KeyRing) =>
  sealSecret(Buffer.from('ünsecret'), use, { keyRing, random: systemRandom });

describe('a sealed secret', () => {
  it('is read back, also after the ring got a new signing key', () => {
    const sealed = seal(new KeyRing([older]));
    expect(open(sealed, use, new KeyRing([older]))).toBe('ünsecret');
    expect(open(sealed, use, new KeyRing([newer, older]))).toBe('ünsecret');
  });

  it('is not read by a ring that lacks its key', () => {
    expect(open(seal(new KeyRing([older])), use, new KeyRing([newer]))).toBeUndefined();
  });

  it('opens for its owner only', () => {
    const ring = new KeyRing([older]);
    expect(open(seal(ring), { ...use, owner: Buffer.from('acme/another') }, ring)).toBeUndefined();
  });

  it('opens with every byte as it was, and not cut short', () => {
    const ring = new KeyRing([older]);
    const { keyId, bytes } = seal(ring);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(open({ keyId, bytes: changed }, use, ring)).toBeUndefined();
      expect(open({ keyId, bytes: bytes.subarray(0, at) }, use, ring)).toBeUndefined();
    }
  });

  it('looks different each time, and never has the text in it', () => {
    const ring = new KeyRing([older]);
    const [one, two] = [seal(ring), seal(ring)];
    expect(Buffer.from(one.bytes).equals(two.bytes)).toBe(false);
    expect(Buffer.from(one.bytes).toString('latin1')).not.toContain('secret');
  });
});
