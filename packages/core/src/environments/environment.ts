import type { EnvironmentId } from '../ids.js';
import { InputError } from '../errors/oauth-error.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MAX_APPLICATIONS = 1000;

/** One organization in one lane: the unit of isolation. */
export interface Environment {
  readonly id: EnvironmentId;
  readonly domain: string;
  readonly lane: string;
  readonly name: string;
  readonly settings: EnvironmentSettings;
  /** Digest of the stored logo, for its address; null without one. */
  readonly logoVersion: string | null;
  readonly createdAt: number;
}

export interface EnvironmentSettings {
  /** A session ends after this time without use. 15 minutes to 7 days. */
  readonly sessionIdleTimeoutMs: number;
  /** A session ends at this age, used or not. At least the idle timeout, at most 90 days. */
  readonly sessionTotalAgeMs: number;
  /** Whether `?sessionID=` is accepted at the API. It ends up in other people's logs, so it is off by default. */
  readonly sessionIdInQuery: boolean;
  readonly singleSignOn: SingleSignOnMode;
  /** Whether administrators may use their password although single sign-on is required: their way round a broken provider. */
  readonly administratorsExempt: boolean;
  /** `required`: who has none sets one up in the course of the next sign-in. */
  readonly secondFactor: 'optional' | 'required';
  /** 1 to 1000. Lowered below what there is, it only lets no more in. */
  readonly maxApplications: number;
  /** The organization's own colour on its pages, `#rrggbb` in lower case; null: Fluxo's. */
  readonly accentColor: string | null;
}

/** Whether people sign in at the organization's identity provider: never, if they want, or always. */
export type SingleSignOnMode = 'off' | 'offered' | 'required';

export const DEFAULT_ENVIRONMENT_SETTINGS: EnvironmentSettings = {
  sessionIdleTimeoutMs: 480 * MINUTE_MS,
  sessionTotalAgeMs: 7 * DAY_MS,
  sessionIdInQuery: false,
  singleSignOn: 'off',
  administratorsExempt: false,
  secondFactor: 'optional',
  maxApplications: 10,
  accentColor: null,
};

export interface EnvironmentName {
  readonly domain: string;
  readonly lane: string;
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** The lane that people work in; all others are test copies. */
export const PRODUCTION_LANE = 'my';
const LANE = /^(?:my|preview|sb[0-9]{2})$/;

/** Names no organization: the host that finds the environment by `client_id`. */
export const RESERVED_DOMAIN = 'oauth';

/** `<domain>.<lane>`, as the command line takes it. @throws InputError */
export function parseEnvironmentName(text: string): EnvironmentName {
  const [domain = '', lane = '', ...rest] = text.split('.');
  if (rest.length > 0 || lane === '') {
    throw new InputError(
      'environment',
      `"${text}" is not an environment: write <domain>.<lane>, for example acme.my.`,
    );
  }
  checkDomain(domain);
  return { domain, lane: checkLane(lane) };
}

/** @throws InputError */
export function checkLane(lane: string): string {
  if (LANE.test(lane)) return lane;
  throw new InputError(
    'lane',
    `"${lane}" is not a lane: use my (production), preview, or a sandbox sb01, sb02, …`,
  );
}

function checkDomain(domain: string): void {
  if (domain === RESERVED_DOMAIN) {
    throw new InputError('domain', `"${RESERVED_DOMAIN}" is reserved; choose another domain.`);
  }
  if (!LABEL.test(domain)) {
    throw new InputError(
      'domain',
      `"${domain}" is not a domain: use 1 to 63 lower-case letters, digits and inner hyphens.`,
    );
  }
}

/** @throws InputError when a setting is out of its bounds */
export function checkEnvironmentSettings(settings: EnvironmentSettings): EnvironmentSettings {
  const { sessionIdleTimeoutMs: idle, sessionTotalAgeMs: total, maxApplications } = settings;
  if (!(idle >= 15 * MINUTE_MS && idle <= 7 * DAY_MS)) {
    throw new InputError('sessionIdleTimeout', 'The idle timeout of sessions must be 15 minutes to 7 days.');
  }
  if (!(total >= idle && total <= 90 * DAY_MS)) {
    throw new InputError(
      'sessionTotalAge',
      'The total age of sessions must be the idle timeout at least, 90 days at most.',
    );
  }
  if (!(Number.isInteger(maxApplications) && maxApplications >= 1 && maxApplications <= MAX_APPLICATIONS)) {
    throw new InputError(
      'maxApplications',
      `An environment may have from 1 to ${MAX_APPLICATIONS} applications.`,
    );
  }
  return { ...settings, accentColor: checkAccentColor(settings.accentColor) };
}

/** Any colour is good: the pages derive from it what can be read on what. @throws InputError */
function checkAccentColor(color: string | null): string | null {
  if (color === null) return null;
  const value = color.toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(value)) return value;
  throw new InputError(
    'accentColor',
    `"${color.slice(0, 50)}" is not a colour: write #rrggbb, for example #0a6352.`,
  );
}
