import type { Application, ApplicationChange } from '../../../api/types.js';

/** The fields of an application that a person changes, as a form holds them: nothing is null, days may be empty. */
export interface SettingsValues extends Record<string, unknown> {
  readonly name: string;
  readonly description: string;
  readonly description_url: string;
  readonly privacy_url: string;
  readonly terms_url: string;
  readonly developer_name: string;
  readonly developer_email: string;
  readonly redirect_urls: string[];
  readonly refresh_policy: {
    readonly rotation: boolean;
    readonly absolute_days: number | '';
    readonly inactivity_days: number | '';
  };
  readonly remember_consent: boolean;
  readonly token_type: Application['token_type'];
  readonly introspect_environment: boolean;
  readonly admin_api: boolean;
}

export function toValues(application: Application): SettingsValues {
  const policy = application.refresh_policy;
  return {
    name: application.name,
    description: application.description ?? '',
    description_url: application.description_url ?? '',
    privacy_url: application.privacy_url ?? '',
    terms_url: application.terms_url ?? '',
    developer_name: application.developer_name ?? '',
    developer_email: application.developer_email ?? '',
    redirect_urls: application.redirect_urls,
    refresh_policy: {
      rotation: policy.rotation,
      absolute_days: policy.absolute_days ?? '',
      inactivity_days: policy.inactivity_days ?? '',
    },
    remember_consent: application.remember_consent,
    token_type: application.token_type,
    introspect_environment: application.introspect_environment,
    admin_api: application.admin_api,
  };
}

/** Fields of one text each. */
export const TEXTS = [
  'description',
  'description_url',
  'privacy_url',
  'terms_url',
  'developer_name',
  'developer_email',
] as const;

/** Without what nobody sees: spaces around a text, and lines for URLs that are empty. */
export function tidy(values: SettingsValues): SettingsValues {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, values[name].trim()]));
  return {
    ...values,
    ...texts,
    name: values.name.trim(),
    redirect_urls: values.redirect_urls.filter((url) => url !== ''),
  };
}

/** What was changed, as the API takes it: what is empty is nothing. */
export function toPatch({ refresh_policy: policy, ...changes }: Partial<SettingsValues>): ApplicationChange {
  const texts = TEXTS.filter((name) => changes[name] === '').map((name) => [name, null] as const);
  return {
    ...changes,
    ...Object.fromEntries(texts),
    ...(policy === undefined
      ? {}
      : {
          refresh_policy: {
            rotation: policy.rotation,
            absolute_days: daysOrNull(policy.absolute_days),
            inactivity_days: daysOrNull(policy.inactivity_days),
          },
        }),
  };
}

const daysOrNull = (days: number | ''): number | null => (days === '' ? null : days);
