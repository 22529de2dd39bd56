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

/** In the order of the form. */
export const SETTING_NAMES = [
  'name',
  'description',
  'description_url',
  'privacy_url',
  'terms_url',
  'developer_name',
  'developer_email',
  'redirect_urls',
  'refresh_policy',
  'remember_consent',
  'token_type',
  'introspect_environment',
  'admin_api',
] as const satisfies readonly (keyof ApplicationChange)[];

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

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const daysOrNull = (days: number | ''): number | null => (days === '' ? null : days);

function toApi(values: SettingsValues): Required<Pick<ApplicationChange, (typeof SETTING_NAMES)[number]>> {
  const policy = values.refresh_policy;
  return {
    name: values.name.trim(),
    description: orNull(values.description),
    description_url: orNull(values.description_url),
    privacy_url: orNull(values.privacy_url),
    terms_url: orNull(values.terms_url),
    developer_name: orNull(values.developer_name),
    developer_email: orNull(values.developer_email),
    redirect_urls: values.redirect_urls.filter((url) => url !== ''),
    refresh_policy: {
      rotation: policy.rotation,
      absolute_days: daysOrNull(policy.absolute_days),
      inactivity_days: daysOrNull(policy.inactivity_days),
    },
    remember_consent: values.remember_consent,
    token_type: values.token_type,
    introspect_environment: values.introspect_environment,
    admin_api: values.admin_api,
  };
}

const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** Which of the fields were changed here: the others are left to whoever changes them meanwhile. */
export function changedNames(
  values: SettingsValues,
  base: SettingsValues,
): readonly (typeof SETTING_NAMES)[number][] {
  const [mine, before] = [toApi(values), toApi(base)];
  return SETTING_NAMES.filter((name) => !isSame(mine[name], before[name]));
}

/** Those alone, as the API takes them. */
export function toPatch(values: SettingsValues, base: SettingsValues): ApplicationChange {
  const mine = toApi(values);
  return Object.fromEntries(changedNames(values, base).map((name) => [name, mine[name]]));
}
