import type { Difference } from '../../../components/changed-meanwhile.js';
import { differencesOf } from '../../../components/differences-of.js';
import type { Text } from '../../../text/text.js';
import { describeRefreshPolicy } from './describe-refresh-policy.js';
import { TEXTS, type SettingsValues } from './settings-form.js';

interface Versions {
  readonly theirs: Partial<SettingsValues>;
  readonly mine: SettingsValues;
}

/** Theirs beside ours; the policy in the words in which the form explains it. */
export function describeDifferences({ theirs, mine }: Versions, text: Text): readonly Difference[] {
  const labels = Object.fromEntries(NAMES.map((name) => [name, text.t(`settings.${name}`)]));
  const say = ({ refresh_policy: policy, ...values }: Partial<SettingsValues>) => ({
    ...values,
    ...(policy === undefined ? {} : { refresh_policy: describeRefreshPolicy(policy, text) }),
  });
  return differencesOf<Record<string, unknown>>({ theirs: say(theirs), mine: say(mine), labels }, text);
}

const NAMES = [
  'name',
  ...TEXTS,
  'redirect_urls',
  'refresh_policy',
  'remember_consent',
  'token_type',
  'introspect_environment',
  'admin_api',
] as const satisfies readonly (keyof SettingsValues)[];
