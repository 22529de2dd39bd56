import { DAY_MS, type RefreshPolicy } from '@fluxo/core';

/** Absolute expiry and inactivity expiry in milliseconds; null for none. */
export function policyParameters(policy: RefreshPolicy): readonly [number | null, number | null] {
  const toMs = (days: number | null): number | null => (days === null ? null : days * DAY_MS);
  return [toMs(policy.absoluteDays), toMs(policy.inactivityDays)];
}
