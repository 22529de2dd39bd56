import type {
  ApplicationInput,
  ApplicationKind,
  ClientId,
  DocumentField,
  RefreshPolicy,
  TokenTypeSetting,
} from '@fluxo/core';

/** What was read of one application so far. */
export interface Scribe {
  clientId?: ClientId;
  kind?: ApplicationKind;
  readonly change: Writable<Partial<Omit<ApplicationInput, 'kind'>>>;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** @returns what is wrong with the value; undefined: it was taken */
type Reader = (value: unknown, scribe: Scribe) => string | undefined;

// Records, so that one that is added elsewhere doesn't compile until it is known here.
const KINDS: Readonly<Record<ApplicationKind, true>> = { web: true, spa: true, machine: true };
const TOKEN_TYPES: Readonly<Record<TokenTypeSetting, true>> = {
  ...{ 'by-endpoint': true, sessionID: true, Bearer: true },
};

type TextKey =
  'description' | 'descriptionUrl' | 'privacyUrl' | 'termsUrl' | 'developerName' | 'developerEmail';
type SwitchKey = 'rememberConsent' | 'enabled' | 'introspectEnvironment' | 'adminApi';

export const MANIFEST_MEMBERS: Readonly<Record<DocumentField, Reader>> = {
  name: (value, { change }) => {
    if (typeof value !== 'string') return 'name is a text.';
    change.name = value;
    return undefined;
  },
  kind: (value, scribe) => {
    if (!isOneOf(KINDS, value)) return `kind is one of ${Object.keys(KINDS).join(', ')}.`;
    scribe.kind = value;
    return undefined;
  },
  enabled: switchOf('enabled'),
  redirect_urls: (value, { change }) => {
    const isList = Array.isArray(value) && value.every((url): url is string => typeof url === 'string');
    if (!isList) return 'redirect_urls is a list of addresses.';
    change.redirectUrls = value;
    return undefined;
  },
  refresh_policy: (value, { change }) => {
    const policy = readPolicy(value);
    if (typeof policy === 'string') return policy;
    change.refreshPolicy = policy;
    return undefined;
  },
  token_type: (value, { change }) => {
    if (!isOneOf(TOKEN_TYPES, value)) return `token_type is one of ${Object.keys(TOKEN_TYPES).join(', ')}.`;
    change.tokenType = value;
    return undefined;
  },
  remember_consent: switchOf('rememberConsent'),
  introspect_environment: switchOf('introspectEnvironment'),
  admin_api: switchOf('adminApi'),
  description: textOf('description'),
  description_url: textOf('descriptionUrl'),
  privacy_url: textOf('privacyUrl'),
  terms_url: textOf('termsUrl'),
  developer_name: textOf('developerName'),
  developer_email: textOf('developerEmail'),
};

function textOf(key: TextKey): Reader {
  return (value, { change }) => {
    if (typeof value !== 'string' && value !== null) return 'here must stand a text, or null for none.';
    change[key] = value;
    return undefined;
  };
}

function switchOf(key: SwitchKey): Reader {
  return (value, { change }) => {
    if (typeof value !== 'boolean') return 'here must stand true or false.';
    change[key] = value;
    return undefined;
  };
}

const POLICY_MEMBERS = {
  rotation: 'rotation',
  absolute_days: 'absoluteDays',
  inactivity_days: 'inactivityDays',
};

function readPolicy(value: unknown): Partial<RefreshPolicy> | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'refresh_policy has rotation, absolute_days and inactivity_days.';
  }
  const policy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (!Object.hasOwn(POLICY_MEMBERS, name)) {
      return `"${name}" is no member of refresh_policy. There are: ${Object.keys(POLICY_MEMBERS).join(', ')}.`;
    }
    const fits =
      name === 'rotation' ? typeof member === 'boolean' : member === null || typeof member === 'number';
    if (!fits)
      return name === 'rotation' ? 'rotation is true or false.' : `${name} is a number of days, or null.`;
    policy[POLICY_MEMBERS[name as keyof typeof POLICY_MEMBERS]] = member;
  }
  return policy;
}

function isOneOf<T extends string>(known: Readonly<Record<T, true>>, value: unknown): value is T {
  return typeof value === 'string' && Object.hasOwn(known, value);
}
