import type { Application } from '../../../api/types.js';
import type { Difference } from '../../../components/changed-meanwhile.js';
import type { Text } from '../../../text/text.js';
import { changedNames, SETTING_NAMES, toValues, type SettingsValues } from './settings-form.js';
import { describeRefreshPolicy } from './describe-refresh-policy.js';

interface Versions {
  readonly values: SettingsValues;
  readonly base: SettingsValues;
  readonly theirs: Application;
}

/** The fields that somebody else changed, or that both did: theirs beside ours. */
export function describeDifferences({ values, base, theirs }: Versions, text: Text): readonly Difference[] {
  const stored = toValues(theirs);
  const [byThem, byUs] = [new Set(changedNames(stored, base)), new Set(changedNames(values, base))];
  const differ = new Set(changedNames(values, stored));
  return SETTING_NAMES.filter((name) => differ.has(name) && (byThem.has(name) || byUs.has(name))).map(
    (name) => ({
      field: text.t(`settings.${name}`),
      theirs: describe(name, stored, text),
      yours: byUs.has(name) ? describe(name, values, text) : text.t('settings.untouched'),
    }),
  );
}

function describe(name: (typeof SETTING_NAMES)[number], values: SettingsValues, text: Text): string {
  if (name === 'refresh_policy') return describeRefreshPolicy(values.refresh_policy, text);
  const value = values[name];
  if (typeof value === 'boolean') return text.t(value ? 'settings.yes' : 'settings.no');
  if (Array.isArray(value)) return value.join(', ');
  return value === '' ? '–' : value;
}
