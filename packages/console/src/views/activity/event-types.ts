import { activity } from '../../text/english/activity.js';
import type { MessageKey } from '../../text/english.js';
import type { Text } from '../../text/text.js';

const PREFIX = 'activity.type.';

/** Every type that the catalogues have a name for, in their order. */
export const EVENT_TYPES: readonly string[] = Object.keys(activity)
  .filter((key) => key.startsWith(PREFIX))
  .map((key) => key.slice(PREFIX.length));

/** What people look for, in the API's terms: types, and beginnings of types. */
export const EVENT_GROUPS = {
  refusals:
    'user.sign-in-failed,user.sign-in-throttled,authorization.refused,token.refused,grant.code-replayed,grant.refresh-token-reused,consent.denied',
  signIns: 'user.signed-in,user.sign-in-failed,user.sign-in-throttled,user.signed-out-everywhere,session.',
  consents: 'consent.',
  grants: 'grant.,token.',
  applications: 'application.',
  users:
    'user.created,user.updated,user.deleted,user.invited,user.password-link-sent,user.password-set-by-link,user.linked,user.unlinked,second-factor.',
  settings: 'environment.,identity-provider.',
} as const;

const SUSPICIOUS: ReadonlySet<string> = new Set(EVENT_GROUPS.refusals.split(','));

/** Whether somebody was told no, or something was used that shouldn't have been. */
export const isSuspicious = (type: string): boolean => SUSPICIOUS.has(type);

export function nameOfType(type: string, { t }: Text): string {
  return messageIn(`${PREFIX}${type}`, t) ?? type;
}

export function nameOfCheck(check: string, { t }: Text): string {
  return messageIn(`activity.check.${check}`, t) ?? t('activity.check', { check });
}

/** A newer server may know more kinds than these catalogues: those keep their own names. */
function messageIn(key: string, t: Text['t']): string | undefined {
  return Object.hasOwn(activity, key) ? t(key as MessageKey) : undefined;
}
