import type { Text } from '../../../text/text.js';
import type { SettingsValues } from './settings-form.js';

/** What the policy means for people, in one or two sentences. */
export function describeRefreshPolicy(policy: SettingsValues['refresh_policy'], { t }: Text): string {
  const { absolute_days: absolute, inactivity_days: inactivity } = policy;
  const sentences = [
    ...(absolute === '' ? [] : [t('refresh.absolute', { days: absolute })]),
    ...(inactivity === '' ? [] : [t('refresh.inactivity', { days: inactivity })]),
  ];
  if (sentences.length === 0) sentences.push(t('refresh.never'));
  sentences.push(t(policy.rotation ? 'refresh.rotates' : 'refresh.stays'));
  return sentences.join(' ');
}
