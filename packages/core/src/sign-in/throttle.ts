import { digestOf } from '../tokens/digest.js';

const WINDOW_MS = 15 * 60_000;

/** A large office behind one address stays far below it: whoever signs in doesn't count. */
const MAX_ABANDONED_FLOWS = 1000;
const FLOW_WINDOW_MS = 10 * 60_000;

/** How often something may be tried in a window. */
export interface ThrottleRule {
  /** A digest: what people type into a username field may be a password. */
  readonly key: Uint8Array;
  readonly limit: number;
  readonly windowMs: number;
}

export interface ThrottleStore {
  /**
   * Counts one attempt under every rule, before the password is looked at, so that attempts made in
   * parallel count one by one. One transaction.
   * @returns when to try again (epoch milliseconds), or undefined when the attempt may go on
   */
  take(rules: readonly ThrottleRule[], now: number): Promise<number | undefined>;
  /** The attempt was no guess: it doesn't count. */
  giveBack(rules: readonly ThrottleRule[], now: number): Promise<void>;
}

/** Guessing is slowed per account, per network, and hardest for one network at one account. */
export function signInRules(usernameKey: string, network: string): readonly ThrottleRule[] {
  const rule = (limit: number, ...parts: readonly string[]): ThrottleRule => ({
    key: digestOf(parts.join('\n')),
    limit,
    windowMs: WINDOW_MS,
  });
  return [
    rule(10, 'account-and-network', usernameKey, network),
    rule(100, 'account', usernameKey),
    rule(300, 'network', network),
  ];
}

/** Following links without ever signing in must not fill the disk. */
export function flowRule(network: string): ThrottleRule {
  return {
    key: digestOf(`abandoned-flows\n${network}`),
    limit: MAX_ABANDONED_FLOWS,
    windowMs: FLOW_WINDOW_MS,
  };
}
