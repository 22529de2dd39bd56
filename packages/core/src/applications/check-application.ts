import { InputError } from '../errors/oauth-error.js';
import { checkText } from '../text.js';
import type { Application, ApplicationKind, RefreshPolicy, TokenTypeSetting } from './application.js';
import { RedirectUrlError } from './redirect-url-error.js';
import { checkRedirectUrl, type RedirectUrlRules } from './redirect-url.js';

/** What an administrator says of an application; what is left out has its default. */
export interface ApplicationInput {
  readonly kind: ApplicationKind;
  readonly name: string;
  readonly redirectUrls: readonly string[];
  readonly description?: string | null;
  readonly descriptionUrl?: string | null;
  readonly privacyUrl?: string | null;
  readonly termsUrl?: string | null;
  readonly developerName?: string | null;
  readonly developerEmail?: string | null;
  readonly refreshPolicy?: Partial<RefreshPolicy>;
  readonly rememberConsent?: boolean;
  readonly tokenType?: TokenTypeSetting;
  readonly enabled?: boolean;
  readonly introspectEnvironment?: boolean;
  readonly adminApi?: boolean;
}

export type CheckedApplication = Omit<
  Application,
  'clientId' | 'logoVersion' | 'copiedFrom' | 'createdAt' | 'updatedAt'
>;

const MAX_REDIRECT_URLS = 20;
const MAX_POLICY_DAYS = 3650;
const SPA_DEFAULT_ABSOLUTE_DAYS = 30;

/** @throws InputError for the first field that can't be taken */
export function checkApplication(
  input: ApplicationInput,
  isOwnHost: RedirectUrlRules['isOwnHost'],
): CheckedApplication {
  const { kind } = input;
  const redirectUrls = checkRedirectUrls(input, isOwnHost);
  return {
    kind,
    name: checkText('name', input.name, { max: 64 }),
    description: optional(input.description, (text) => checkText('description', text, { max: 400 })),
    descriptionUrl: optional(input.descriptionUrl, (text) => checkLink('descriptionUrl', text)),
    privacyUrl: optional(input.privacyUrl, (text) => checkLink('privacyUrl', text)),
    termsUrl: optional(input.termsUrl, (text) => checkLink('termsUrl', text)),
    developerName: optional(input.developerName, (text) => checkText('developerName', text, { max: 100 })),
    developerEmail: optional(input.developerEmail, checkEmail),
    redirectUrls,
    refreshPolicy: checkRefreshPolicy(kind, input.refreshPolicy ?? {}),
    rememberConsent: checkRememberConsent(input, redirectUrls),
    tokenType: input.tokenType ?? 'by-endpoint',
    enabled: input.enabled ?? true,
    introspectEnvironment: checkIntrospectEnvironment(input),
    adminApi: checkAdminApi(input),
  };
}

function checkRedirectUrls(
  input: ApplicationInput,
  isOwnHost: RedirectUrlRules['isOwnHost'],
): readonly string[] {
  const unique = [...new Set(input.redirectUrls)];
  if (input.kind === 'machine') {
    if (unique.length === 0) return unique;
    throw new RedirectUrlError(
      'of-machine',
      'A machine application has no redirect URLs: nobody signs in through it.',
    );
  }
  if (unique.length === 0) throw new RedirectUrlError('missing', 'At least one redirect URL is needed.');
  if (unique.length > MAX_REDIRECT_URLS) {
    const message = `An application has at most ${MAX_REDIRECT_URLS} redirect URLs.`;
    throw new RedirectUrlError('too-many', message, { most: MAX_REDIRECT_URLS });
  }
  const { kind, redirectUrls } = input;
  return unique.map((url) => checkRedirectUrl(url, { kind, isOwnHost, place: redirectUrls.indexOf(url) }));
}

function checkRefreshPolicy(kind: ApplicationKind, policy: Partial<RefreshPolicy>): RefreshPolicy {
  if (kind === 'machine') return checkNoRefreshPolicy(policy);
  const inactivityDays = checkDays('refreshInactivityDays', policy.inactivityDays ?? null);
  if (kind === 'web') {
    return {
      rotation: policy.rotation ?? false,
      absoluteDays: checkDays('refreshAbsoluteDays', policy.absoluteDays ?? null),
      inactivityDays,
    };
  }
  if (policy.rotation === false) {
    throw new InputError(
      'refreshRotation',
      'A spa application has no secret: its refresh tokens always rotate.',
    );
  }
  const unset = policy.absoluteDays === undefined && inactivityDays === null;
  const absoluteDays = unset ? SPA_DEFAULT_ABSOLUTE_DAYS : (policy.absoluteDays ?? null);
  if (absoluteDays === null && inactivityDays === null) {
    throw new InputError(
      'refreshAbsoluteDays',
      'A spa application needs an absolute or an inactivity expiry of its refresh tokens.',
    );
  }
  return { rotation: true, absoluteDays: checkDays('refreshAbsoluteDays', absoluteDays), inactivityDays };
}

/** What says the same as nothing is taken: whoever copies an application's settings sends them all. */
function checkNoRefreshPolicy({
  rotation,
  absoluteDays,
  inactivityDays,
}: Partial<RefreshPolicy>): RefreshPolicy {
  if (rotation === true || (absoluteDays ?? null) !== null || (inactivityDays ?? null) !== null) {
    throw new InputError(
      'refreshRotation',
      'A machine application gets no refresh tokens: it sends a new JWT instead. Leave their settings out.',
    );
  }
  return { rotation: false, absoluteDays: null, inactivityDays: null };
}

function checkIntrospectEnvironment({ kind, introspectEnvironment = false }: ApplicationInput): boolean {
  // Anybody can ask in the name of a public client.
  if (introspectEnvironment && kind === 'spa') {
    throw new InputError(
      'introspectEnvironment',
      'A spa application has no secret: it must not learn of tokens that are not its own.',
    );
  }
  return introspectEnvironment;
}

function checkAdminApi({ kind, adminApi = false }: ApplicationInput): boolean {
  if (adminApi && kind !== 'machine') {
    throw new InputError('adminApi', 'Only a machine application may use the administrators’ API.');
  }
  return adminApi;
}

function checkDays(field: string, days: number | null): number | null {
  if (days === null || (Number.isInteger(days) && days >= 1 && days <= MAX_POLICY_DAYS)) return days;
  throw new InputError(field, `An expiry is a whole number of days from 1 to ${MAX_POLICY_DAYS}, or none.`);
}

function checkRememberConsent(input: ApplicationInput, redirectUrls: readonly string[]): boolean {
  if (input.rememberConsent !== true) return false;
  // Anybody can ask in the name of a public client, and anything may listen on a laptop's port.
  if (input.kind !== 'web' || !redirectUrls.every((url) => url.startsWith('https://'))) {
    throw new InputError(
      'rememberConsent',
      'Only a web application whose redirect URLs are all https may remember the consent.',
    );
  }
  return true;
}

/** A link on the consent screen. @throws InputError */
function checkLink(field: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const secure = url?.protocol === 'https:';
  const loopback = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (
    url === undefined ||
    text.length > 1000 ||
    !(secure || loopback) ||
    url.username !== '' ||
    url.password !== ''
  ) {
    throw new InputError(field, `"${text.slice(0, 200)}" is not a link for people: write an https address.`);
  }
  return url.href;
}

function checkEmail(text: string): string {
  const value = checkText('developerEmail', text, { max: 254 });
  if (!/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/.test(value)) {
    throw new InputError('developerEmail', `"${value}" is not an e-mail address.`);
  }
  return value;
}

function optional(value: string | null | undefined, check: (text: string) => string): string | null {
  return value === undefined || value === null || value === '' ? null : check(value);
}
