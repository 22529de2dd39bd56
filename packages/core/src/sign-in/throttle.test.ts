import { describe, expect, it } from 'vitest';
import { signInRules } from './throttle.js';

const keysOf = (...parts: Parameters<typeof signInRules>): string[] =>
  signInRules(...parts).map(({ key }) => Buffer.from(key).toString('hex'));

describe('the rules of guessing', () => {
  it('are hardest for one network at one account, then per account, per network, and for all', () => {
    const limits = signInRules('ada', '203.0.113.0/24').map(({ limit }) => limit);
    expect(limits).toEqual([10, 100, 300, 3000]);
    expect(limits).toEqual([...limits].sort((a, b) => a - b));
  });

  it('count one account from another network under the account alone', () => {
    const [both, account, network] = keysOf('ada', '203.0.113.0/24');
    const [otherBoth, sameAccount, otherNetwork] = keysOf('ada', '198.51.100.0/24');
    expect(sameAccount).toBe(account);
    expect(otherBoth).not.toBe(both);
    expect(otherNetwork).not.toBe(network);
  });

  it('count another account from the same network under the network alone', () => {
    const [both, account, network] = keysOf('ada', '203.0.113.0/24');
    const [otherBoth, otherAccount, sameNetwork] = keysOf('bob', '203.0.113.0/24');
    expect(sameNetwork).toBe(network);
    expect(otherBoth).not.toBe(both);
    expect(otherAccount).not.toBe(account);
  });

  it('never mix: an account named like a network is no network', () => {
    const all = [...keysOf('x', 'x'), ...keysOf('x\nx', 'x'), ...keysOf('network', 'account')];
    const shared = keysOf('x', 'x')[2];
    expect(all.filter((key) => key === shared)).toHaveLength(2);
    // Everybody's rule is one and the same.
    expect(new Set(all).size).toBe(9);
  });

  it('hold no name that was typed: it may be a password', () => {
    for (const { key } of signInRules('ada', 'n')) {
      expect(key).toHaveLength(32);
      expect(Buffer.from(key).toString('latin1')).not.toContain('ada');
    }
  });
});
