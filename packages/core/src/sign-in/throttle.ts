import type { UserId } from '../ids.js';
import { digestOf } from '../tokens/digest.js';

const WINDOW_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
const LINK_WINDOW_MS = 3_600_000;

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
   * Counts one attempt under each rule in turn, before the password is looked at, so that attempts made in
   * parallel count one by one. What one rule refuses counts under none after it: whoever hammers at one account
   * doesn't shut the others out. One transaction.
   * @returns when to try again (epoch milliseconds), or undefined when the attempt may go on
   */
  take(rules: readonly ThrottleRule[], now: number): Promise<number | undefined>;
  /** The attempt was no guess: it doesn't count. */
  giveBack(rules: readonly ThrottleRule[], now: number): Promise<void>;
}

/**
 * Guessing is slowed per account, per network and for the whole environment, and hardest for one network at one
 * account. From narrow to wide: what an earlier rule refuses counts under no later one.
 */
export function signInRules(usernameKey: string, network: string): readonly ThrottleRule[] {
  const rule = ruleWithin(WINDOW_MS);
  return [
    rule(10, 'account-and-network', usernameKey, network),
    rule(100, 'account', usernameKey),
    rule(300, 'network', network),
    rule(3000, 'environment'),
  ];
}

/**
 * A device that signed in to this account before has a rule of its own: strangers who guess, from wherever, don't
 * shut it out, and it guesses no more often than one network may.
 */
export function knownDeviceRules(usernameKey: string, deviceId: string): readonly ThrottleRule[] {
  return [ruleWithin(WINDOW_MS)(10, 'known-device', usernameKey, deviceId)];
}

/**
 * Six digits are few: whoever has the password guesses one in 300,000 tries, so they get fifty a day at most,
 * from wherever they come.
 */
export function secondFactorRules(userId: UserId, network: string): readonly ThrottleRule[] {
  const rule = ruleWithin(WINDOW_MS);
  return [
    rule(5, 'second-factor-and-network', userId, network),
    rule(20, 'second-factor', userId),
    ruleWithin(DAY_MS)(50, 'second-factor-day', userId),
  ];
}

/** Nobody's mailbox is filled by strangers, and nobody sends out a thousand messages through us. */
export function passwordLinkRules(usernameKey: string, network: string): readonly ThrottleRule[] {
  const rule = ruleWithin(LINK_WINDOW_MS);
  return [
    rule(3, 'password-link-and-network', usernameKey, network),
    rule(5, 'password-link', usernameKey),
    rule(30, 'password-link-network', network),
    rule(1000, 'password-link-environment'),
  ];
}

/** Following links without ever signing in must not fill the disk. */
export function flowRule(network: string): ThrottleRule {
  return ruleWithin(FLOW_WINDOW_MS)(MAX_ABANDONED_FLOWS, 'abandoned-flows', network);
}

/** What is counted is named by its parts, the kind of attempt first. */
function ruleWithin(windowMs: number) {
  return (limit: number, ...parts: readonly string[]): ThrottleRule => ({
    key: digestOf(parts.join('\n')),
    limit,
    windowMs,
  });
}
