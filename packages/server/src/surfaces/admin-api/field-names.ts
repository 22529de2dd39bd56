/** What core calls otherwise than the API does. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  redirectUrl: 'redirect_urls',
  refreshRotation: 'refresh_policy.rotation',
  refreshAbsoluteDays: 'refresh_policy.absolute_days',
  refreshInactivityDays: 'refresh_policy.inactivity_days',
  sessionIdleTimeout: 'session_idle_timeout_minutes',
  sessionTotalAge: 'session_total_age_minutes',
  accentColor: 'appearance.accent_color',
  emailDomain: 'email_domains',
  certificate: 'certificates',
  secret: 'client_secret',
};

/** The member of the API for a field of core: `developerName` → `developer_name`, `redirectUrl.1` → `redirect_urls.1`. */
export function fieldOf(field: string): string {
  const [, list, place] = /^(\w+)\.(\d+)$/.exec(field) ?? [];
  if (list !== undefined) return `${fieldOf(list)}.${place}`;
  return OTHER_NAMES[field] ?? field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
